"""SQLite: SQL over rows, with the indexes that these questions can use."""

import json
import sqlite3

from facts import QUADS, bounds, day_number, lookups_digest, shortest_path

INDEXES = [
    "events (type, start_min)", "events (start_min, end_max)", "events (end_max)", "events (end_min)",
    "events (place, start_min)", "events (status, type)", "participants (actor, event)", "places (parent)"]

TABLES = """
    CREATE TABLE types (type TEXT PRIMARY KEY, quad INT) WITHOUT ROWID;
    CREATE TABLE events (
      id INTEGER PRIMARY KEY, type TEXT, mode TEXT, time TEXT, start_min INT, start_max INT, end_min INT, end_max INT,
      status TEXT, place INT, article INT, score REAL);
    CREATE TABLE participants (event INT, actor INT, role TEXT, PRIMARY KEY (event, actor)) WITHOUT ROWID;
    CREATE TABLE actors (id INTEGER PRIMARY KEY, name TEXT, country TEXT, kind TEXT);
    CREATE TABLE places (id INTEGER PRIMARY KEY, name TEXT, country TEXT, parent INT);
    CREATE TABLE articles (id INTEGER PRIMARY KEY, date INT, publisher TEXT);
    CREATE TABLE periods (id INTEGER PRIMARY KEY, name TEXT, start INT, end INT);"""


def month(column):
    """Months since the year 0."""
    return (
        f"(CAST(strftime('%Y', {column} * 86400, 'unixepoch') AS INT) * 12"
        f" + CAST(strftime('%m', {column} * 86400, 'unixepoch') AS INT) - 1)")


def lines(folder, table):
    with open(f"{folder}/{table}.tsv") as file:
        next(file)
        for line in file:
            yield line.rstrip("\n").split("\t")


class Peer:
    file = "db.sqlite"

    def open(self, path, parameters, threads, writes=False):
        self.connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None, cached_statements=512)
        for pragma in ("cache_size=-1000000", "mmap_size=34359738368", "temp_store=MEMORY"):
            self.connection.execute(f"PRAGMA {pragma}")
        self.parameters = parameters

    def load(self, folder):
        c = self.connection
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "page_size=8192"):
            c.execute(f"PRAGMA {pragma}")
        c.execute("BEGIN")
        for statement in TABLES.split(";"):
            c.execute(statement)
        self.fill("types", QUADS.items())
        self.fill("events", (
            (int(r[0]), r[1], r[2] or None, r[3], *bounds(r[3]), r[4], int(r[5]), int(r[6]), float(r[7]))
            for r in lines(folder, "events")))
        self.fill("participants", ((int(r[0]), int(r[1]), r[2]) for r in lines(folder, "participants")))
        self.fill("actors", lines(folder, "actors"))
        self.fill("places", ((int(r[0]), r[1], r[2], int(r[3]) if r[3] else None) for r in lines(folder, "places")))
        self.fill("articles", ((int(r[0]), bounds(r[1])[0], r[2]) for r in lines(folder, "articles")))
        self.fill("periods", (
            (int(r[0]), r[1], day_number(r[2]), day_number(r[3])) for r in lines(folder, "periods")))
        for number, columns in enumerate(INDEXES):
            c.execute(f"CREATE INDEX index_{number} ON {columns}")
        c.execute("ANALYZE")
        c.execute("COMMIT")
        c.close()

    def fill(self, table, rows):
        columns = len(self.connection.execute(f"PRAGMA table_info({table})").fetchall())
        self.connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})", rows)

    def interrupt(self):
        self.connection.interrupt()

    def rows(self, sql, values=()):
        return self.connection.execute(sql, values).fetchall()

    def count(self):
        return self.rows("SELECT count(*) FROM events")

    # Of what is cut off, `ties` gives the rows as well that are as good as the last one.

    def top(self, sql, columns, count, key, order, ties):
        if ties:
            return self.rows(
                f"SELECT {columns} FROM (SELECT *, rank() OVER (ORDER BY {key}) r FROM ({sql})) WHERE r <= {count}")
        return self.rows(f"SELECT {columns} FROM ({sql}) ORDER BY {key}, {order} LIMIT {count}")

    def q01(self):
        return self.rows("SELECT type, count(*) n FROM events GROUP BY type ORDER BY n DESC, type")

    def q02(self, ties=False):
        p = self.parameters["q2"]
        answer = []
        for actor in p["actors"]:
            values = [actor, p["type"], day_number(p["lo"]), day_number(p["hi"])]
            found = """FROM participants p JOIN events e ON e.id = p.event JOIN places pl ON pl.id = e.place
                WHERE p.actor = ? AND e.type = ? AND e.start_min BETWEEN ? AND ?"""
            if ties:
                answer += self.rows(f"""SELECT id, time, name FROM (
                    SELECT e.id, e.time, pl.name, rank() OVER (ORDER BY e.start_min DESC) r {found}) WHERE r <= 20""", values)
            else:
                answer += self.rows(
                    f"SELECT e.id, e.time, pl.name {found} ORDER BY e.start_min DESC, e.id DESC LIMIT 20", values)
        return answer

    def q03(self):
        p = self.parameters["q3"]
        return self.rows(f"""
            SELECT {month('start_min')} m, quad, count(*) FROM participants b
            CROSS JOIN participants a ON a.event = b.event AND a.actor = ?
            JOIN events e ON e.id = a.event JOIN types t ON t.type = e.type
            WHERE b.actor = ? AND e.status = 'occurred'
              AND (start_min = start_max OR {month('start_min')} = {month('start_max')})
            GROUP BY m, quad ORDER BY m, quad""", [p["a"], p["b"]])

    def q04(self, ties=False):
        return self.top("""
            SELECT p.actor a, q.actor b, count(*) n FROM events e JOIN participants p ON p.event = e.id
            JOIN participants q ON q.event = e.id AND p.actor < q.actor WHERE e.type = 'CONSULT' GROUP BY a, b""",
            "a, b, n", 20, "n DESC", "a, b", ties)

    def q05(self):
        p = self.parameters["q5"]
        answer = []
        for root in p["roots"]:
            answer += self.rows("""
                WITH RECURSIVE t(id) AS (SELECT ? UNION ALL SELECT c.id FROM places c JOIN t ON c.parent = t.id)
                SELECT e.id, e.type, e.time FROM t CROSS JOIN events e
                WHERE e.place = t.id AND e.start_min BETWEEN ? AND ? AND e.end_max <= ? ORDER BY e.start_min, e.id""",
                [root, day_number(p["lo"]), day_number(p["hi"]), day_number(p["hi"])])
        return answer

    def q06(self):
        d = day_number(self.parameters["q6"]["day"])
        return self.rows(
            "SELECT (SELECT count(*) FROM events WHERE end_max < ?), (SELECT count(*) FROM events WHERE end_min < ?)",
            [d, d])

    def q07(self):
        """Events of equal extent are counted first."""
        return self.rows("""
            WITH x AS MATERIALIZED (SELECT start_min s, end_max t, count(*) n FROM events GROUP BY start_min, end_max)
            SELECT p.id, sum(n), coalesce(sum(n) FILTER (WHERE s >= p.start AND t <= p.end), 0)
            FROM periods p CROSS JOIN x ON s <= p.end AND t >= p.start GROUP BY p.id ORDER BY p.id""")

    def q08(self, ties=False):
        k = self.parameters["q8"]["days"]
        best = "SELECT a, b, n FROM g ORDER BY n DESC, a, b LIMIT 10"
        if ties:
            best = "SELECT a, b, n FROM (SELECT *, rank() OVER (ORDER BY n DESC) r FROM g) WHERE r <= 10"
        return self.rows(f"""
            WITH pairs AS (
              SELECT p.actor a, q.actor b, e.type t, e.start_min d FROM events e JOIN participants p ON p.event = e.id
              JOIN participants q ON q.event = e.id AND p.actor < q.actor
              WHERE e.type IN ('CONSULT', 'ASSAULT') AND e.status = 'occurred' AND e.start_min = e.start_max),
            w AS (
              SELECT a, b, t, count(*) FILTER (WHERE t = 'CONSULT')
                OVER (PARTITION BY a, b ORDER BY d RANGE BETWEEN {k} PRECEDING AND 1 PRECEDING) n FROM pairs),
            g AS MATERIALIZED (SELECT a, b, sum(n) n FROM w WHERE t = 'ASSAULT' GROUP BY a, b HAVING sum(n) > 0)
            SELECT NULL, NULL, coalesce(sum(n), 0) FROM g UNION ALL SELECT * FROM ({best})""")

    def q09(self):
        """A search from both ends, a statement for each level."""
        p = self.parameters["q9"]
        answer = []
        for number, (one, other) in enumerate(p["pairs"]):
            for window in (None, p["window"]):
                during = ""
                if window:
                    during = f"AND e.start_min >= {day_number(window[0])} AND e.end_max <= {day_number(window[1])}"

                def neighbours(front):
                    return {row[0] for row in self.rows(f"""
                        SELECT DISTINCT q.actor FROM json_each(?) f CROSS JOIN participants p ON p.actor = f.value
                        CROSS JOIN events e ON e.id = p.event CROSS JOIN participants q ON q.event = p.event
                        WHERE e.type = 'CONSULT' AND e.status = 'occurred' {during}""", [json.dumps(list(front))])}
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
            self.connection.execute(sql, (i,)).fetchone() for i in self.parameters["q11"]["ids"]])

    def q12(self, ties=False):
        return self.top(f"""
            WITH z AS (
              SELECT day, {month('day')} / 3 q
              FROM (SELECT DISTINCT start_min day FROM events UNION SELECT DISTINCT start_max FROM events)),
            g AS MATERIALIZED (
              SELECT ac.country c, z.q q, avg(e.score) v FROM events e JOIN z ON z.day = e.start_min
              JOIN participants p ON p.event = e.id JOIN actors ac ON ac.id = p.actor
              WHERE p.role = 'actor' AND e.status = 'occurred'
                AND (e.start_min = e.start_max OR z.q = (SELECT q FROM z y WHERE y.day = e.start_max))
              GROUP BY c, z.q HAVING count(*) >= {self.parameters['q12']['min_rows']})
            SELECT x.c c, x.q q, round(y.v, 6) was, round(x.v, 6) now, round(x.v - y.v, 6) change
            FROM g x JOIN g y ON x.c = y.c AND y.q = x.q - 1""",
            "c, q, was, now, change", 10, "abs(change) DESC", "c, q", ties)
