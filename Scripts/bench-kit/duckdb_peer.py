"""DuckDB: SQL over columns."""

import duckdb

from facts import QUADS, ROLES, STATUSES, day, lookups_digest, shortest_path

BOUNDS = """
    CASE length(time) WHEN 4 THEN make_date(time::INT, 1, 1) WHEN 7 THEN (time || '-01')::DATE ELSE time[1:10]::DATE END
      AS start_min,
    CASE length(time) WHEN 4 THEN make_date(time::INT, 12, 31) WHEN 7 THEN last_day((time || '-01')::DATE)
      ELSE time[1:10]::DATE END AS start_max,
    CASE length(time) WHEN 4 THEN make_date(time::INT, 1, 1) WHEN 7 THEN (time || '-01')::DATE
      WHEN 21 THEN time[12:21]::DATE ELSE time[1:10]::DATE END AS end_min,
    CASE length(time) WHEN 4 THEN make_date(time::INT, 12, 31) WHEN 7 THEN last_day((time || '-01')::DATE)
      WHEN 21 THEN time[12:21]::DATE WHEN 13 THEN DATE '9999-12-31' ELSE time[1:10]::DATE END AS end_max"""

COLUMNS = {
    "events": "id BIGINT, type VARCHAR, mode VARCHAR, time VARCHAR, status VARCHAR, place INTEGER, article INTEGER,"
    " score DOUBLE",
    "participants": "event BIGINT, actor INTEGER, role VARCHAR",
    "actors": "id INTEGER, name VARCHAR, country VARCHAR, kind VARCHAR",
    "places": "id INTEGER, name VARCHAR, country VARCHAR, parent INTEGER",
    "articles": "id INTEGER, date DATE, publisher VARCHAR",
    "periods": "id INTEGER, name VARCHAR, start DATE, end DATE",
}


def reader(folder, table):
    columns = ", ".join("'{}': '{}'".format(*column.split()) for column in COLUMNS[table].split(","))
    return (
        f"read_csv('{folder}/{table}.tsv', delim='\t', header=true, quote='', escape='', nullstr='',"
        f" columns={{{columns}}})")


def words(strings):
    return ", ".join(f"'{string}'" for string in strings)


class Peer:
    file = "db.duckdb"

    def open(self, path, parameters, threads, writes=False):
        self.connection = duckdb.connect(path, read_only=not writes, config={"threads": threads})
        self.parameters = parameters

    def load(self, folder):
        run = self.connection.execute
        run(f"CREATE TYPE etype AS ENUM ({words(QUADS)})")
        run(f"CREATE TYPE estatus AS ENUM ({words(STATUSES)})")
        run(f"CREATE TYPE erole AS ENUM ({words(ROLES)})")
        run("CREATE TABLE types (type etype, quad INTEGER)")
        run("INSERT INTO types VALUES " + ", ".join(f"('{name}', {quad})" for name, quad in QUADS.items()))
        run(f"""CREATE TABLE events AS SELECT id, type::etype AS type, mode, time, {BOUNDS}, status::estatus AS status,
            place, article, score FROM {reader(folder, 'events')}""")
        run(f"CREATE TABLE participants AS SELECT event, actor, role::erole AS role FROM {reader(folder, 'participants')}")
        for table in ("actors", "places", "articles", "periods"):
            run(f"CREATE TABLE {table} AS FROM {reader(folder, table)}")
        run("CREATE UNIQUE INDEX event_by_id ON events (id)")
        run("CHECKPOINT")
        self.connection.close()

    def write_events_for_cli(self, path, cli_path):
        """The events alone, in a database that the command of an earlier version can open."""
        connection = duckdb.connect()
        connection.execute(f"ATTACH '{path}' AS whole (READ_ONLY)")
        connection.execute(f"ATTACH '{cli_path}' AS cli (STORAGE_VERSION 'v1.5.0')")
        connection.execute("CREATE OR REPLACE TABLE cli.events AS FROM whole.events")
        connection.execute("CHECKPOINT cli")

    def interrupt(self):
        self.connection.interrupt()

    def rows(self, sql, values=None):
        return self.connection.execute(sql, values).fetchall()

    def count(self):
        return self.rows("SELECT count(*) FROM events")

    # Of what is cut off, `ties` gives the rows as well that are as good as the last one.

    def top(self, sql, count, key, order, ties):
        if ties:
            return self.rows(f"SELECT * EXCLUDE r FROM (SELECT *, rank() OVER (ORDER BY {key}) r FROM ({sql})) WHERE r <= {count}")
        return self.rows(f"FROM ({sql}) ORDER BY {key}, {order} LIMIT {count}")

    def q01(self):
        return self.rows("SELECT type, count(*) n FROM events GROUP BY type ORDER BY n DESC, type::VARCHAR")

    def q02(self, ties=False):
        p = self.parameters["q2"]
        keep = "QUALIFY rank() OVER (ORDER BY start_min DESC) <= 20" if ties else "ORDER BY start_min DESC, id DESC LIMIT 20"
        answer = []
        for actor in p["actors"]:
            answer += self.rows(f"""
                SELECT e.id, e.time, p.name FROM (
                  SELECT e.id, e.time, e.place, e.start_min FROM participants p JOIN events e ON e.id = p.event
                  WHERE p.actor = ? AND e.type = ? AND e.start_min BETWEEN ? AND ? {keep}) e
                JOIN places p ON p.id = e.place ORDER BY e.start_min DESC, e.id DESC""",
                [actor, p["type"], day(p["lo"]), day(p["hi"])])
        return answer

    def q03(self):
        p = self.parameters["q3"]
        return self.rows("""
            SELECT (year(start_min) * 12 + month(start_min) - 1)::INT m, quad, count(*) FROM events e JOIN types USING (type)
            JOIN participants a ON a.event = e.id AND a.actor = ? JOIN participants b ON b.event = e.id AND b.actor = ?
            WHERE e.status = 'occurred' AND date_trunc('month', start_min) = date_trunc('month', start_max)
            GROUP BY ALL ORDER BY m, quad""", [p["a"], p["b"]])

    def q04(self, ties=False):
        return self.top("""
            SELECT p.actor a, q.actor b, count(*) n FROM events e JOIN participants p ON p.event = e.id
            JOIN participants q ON q.event = e.id AND p.actor < q.actor WHERE e.type = 'CONSULT' GROUP BY a, b""",
            20, "n DESC", "a, b", ties)

    def q05(self):
        p = self.parameters["q5"]
        answer = []
        for root in p["roots"]:
            answer += self.rows("""
                WITH RECURSIVE t(id) AS (
                  SELECT ?::INT UNION ALL SELECT c.id FROM places c JOIN t ON c.parent = t.id)
                SELECT e.id, e.type, e.time FROM events e
                WHERE e.place IN (SELECT id FROM t) AND e.start_min >= ? AND e.end_max <= ? ORDER BY e.start_min, e.id""",
                [root, day(p["lo"]), day(p["hi"])])
        return answer

    def q06(self):
        d = day(self.parameters["q6"]["day"])
        return self.rows(
            "SELECT count(*) FILTER (end_max < ?), count(*) FILTER (end_min < ?) FROM events", [d, d])

    def q07(self):
        """Events of equal extent are counted first: ten times as fast as to join them all."""
        return self.rows("""
            WITH x AS (SELECT start_min s, end_max t, count(*) n FROM events GROUP BY ALL)
            SELECT p.id, sum(n)::BIGINT, coalesce(sum(n) FILTER (s >= p.start AND t <= p."end"), 0)::BIGINT
            FROM periods p JOIN x ON s <= p."end" AND t >= p.start GROUP BY p.id ORDER BY p.id""")

    def q08(self, ties=False):
        """Counts by day, joined in buckets of as many days as there may be between: the fastest of the forms tried."""
        k = self.parameters["q8"]["days"]
        # The total comes first, since it is no less than any part of it.
        keep = "" if ties else "ORDER BY n DESC, a, b LIMIT 10"
        rank = "QUALIFY rank() OVER (ORDER BY n DESC) <= 10" if ties else ""
        return self.rows(f"""
            WITH pairs AS (
              SELECT p.actor a, q.actor b, e.type t, datediff('day', DATE '1970-01-01', e.start_min)::INT d FROM events e
              JOIN participants p ON p.event = e.id JOIN participants q ON q.event = e.id AND p.actor < q.actor
              WHERE e.type IN ('CONSULT', 'ASSAULT') AND e.status = 'occurred' AND e.start_min = e.start_max),
            talks AS (SELECT a, b, d, count(*) n FROM pairs WHERE t = 'CONSULT' GROUP BY ALL),
            assaults AS (SELECT a, b, d, count(*) n FROM pairs WHERE t = 'ASSAULT' GROUP BY ALL),
            buckets AS (SELECT *, d // {k} k FROM talks UNION ALL SELECT *, d // {k} + 1 FROM talks),
            found AS (
              SELECT c.a, c.b, c.n * x.n n FROM buckets c JOIN assaults x
              ON c.a = x.a AND c.b = x.b AND c.k = x.d // {k} AND x.d > c.d AND x.d <= c.d + {k}),
            g AS MATERIALIZED (SELECT a, b, sum(n)::BIGINT n FROM found GROUP BY a, b HAVING sum(n) > 0)
            (SELECT NULL a, NULL b, coalesce(sum(n), 0)::BIGINT n FROM g) UNION ALL (SELECT a, b, n FROM g {rank} {keep})""")

    def q09(self):
        """A search from both ends, a statement for each level: a recursive one that expands all of them is far slower."""
        p = self.parameters["q9"]
        answer = []
        for number, (one, other) in enumerate(p["pairs"]):
            for window in (None, p["window"]):
                during = window and f"AND e.start_min >= DATE '{window[0]}' AND e.end_max <= DATE '{window[1]}'" or ""

                def neighbours(front):
                    return {row[0] for row in self.rows(f"""
                        SELECT DISTINCT q.actor FROM participants p JOIN events e ON e.id = p.event
                        JOIN participants q ON q.event = p.event
                        WHERE p.actor IN (SELECT unnest(?)) AND e.type = 'CONSULT' AND e.status = 'occurred' {during}""",
                        [list(front)])}
                answer.append((number, 1 if window else 0, shortest_path(neighbours, one, other, p["depth"])))
        return answer

    def q10(self):
        return self.rows("""
            SELECT ac.country, count(*) n FROM events e JOIN articles ar ON ar.id = e.article
            JOIN participants p ON p.event = e.id AND p.role = 'host' JOIN actors ac ON ac.id = p.actor
            WHERE e.status = 'planned' AND e.start_min > ar.date GROUP BY ac.country ORDER BY n DESC, ac.country""")

    def q11(self):
        sql = "SELECT type, time, status, place, score FROM events WHERE id = ?"
        return lookups_digest([
            self.connection.execute(sql, [i]).fetchone() for i in self.parameters["q11"]["ids"]])

    def q12(self, ties=False):
        return self.top(f"""
            WITH g AS (
              SELECT ac.country c, (year(e.start_min) * 4 + quarter(e.start_min) - 1)::INT q, avg(e.score) v
              FROM participants p JOIN events e ON e.id = p.event JOIN actors ac ON ac.id = p.actor
              WHERE p.role = 'actor' AND e.status = 'occurred'
                AND date_trunc('quarter', e.start_min) = date_trunc('quarter', e.start_max)
              GROUP BY ALL HAVING count(*) >= {self.parameters['q12']['min_rows']})
            SELECT x.c c, x.q q, round(y.v, 6) was, round(x.v, 6) now, round(x.v - y.v, 6) change
            FROM g x JOIN g y ON x.c = y.c AND y.q = x.q - 1""", 10, "abs(change) DESC", "c, q", ties)
