"""Kùzu: Cypher over a graph. It has no questions q02, q05, q06, q07 and q12: they are not about a graph."""

import shutil
import tempfile

import kuzu

from duckdb_peer import BOUNDS
from facts import QUADS, lookups_digest

TABLES = """
    CREATE NODE TABLE Event (
      id INT64, type STRING, time STRING, start_min DATE, start_max DATE, end_min DATE, end_max DATE, status STRING,
      place INT32, article_date DATE, score DOUBLE, PRIMARY KEY (id));
    CREATE NODE TABLE Actor (id INT64, name STRING, country STRING, kind STRING, PRIMARY KEY (id));
    CREATE REL TABLE Part (FROM Actor TO Event, role STRING);
    CREATE REL TABLE Met (FROM Actor TO Event, start_min DATE, end_max DATE)"""


class Peer:
    file = "db.kuzu"

    def open(self, path, parameters, threads, writes=False):
        self.database = kuzu.Database(path, read_only=not writes, buffer_pool_size=10 << 30)
        self.connection = kuzu.Connection(self.database, num_threads=threads)
        self.parameters = parameters

    def prepare(self, folder):
        """Its COPY knows no EDTF and cannot reckon with days: DuckDB writes what it reads. That time is not counted."""
        import duckdb

        self.tables = tempfile.mkdtemp()

        def source(table):
            return f"read_csv('{folder}/{table}.tsv', delim='\t', header=true, quote='', escape='', all_varchar=true)"

        def write(name, sql):
            duckdb.execute(f"COPY ({sql}) TO '{self.tables}/{name}.csv' (header false)")

        write("events", f"""SELECT e.id, e.type, e.time, {BOUNDS}, e.status, e.place, a.date, e.score
            FROM {source('events')} e JOIN {source('articles')} a ON a.id = e.article ORDER BY e.id::BIGINT""")
        write("actors", f"FROM {source('actors')}")
        write("parts", f"SELECT actor, event, role FROM {source('participants')}")
        # A table of its own for those who met, since its recursive matches mind no conditions on nodes (0.11.3).
        write("met", f"""SELECT p.actor, p.event, e.start_min, e.end_max FROM {source('participants')} p
            JOIN (SELECT id, type, status, {BOUNDS} FROM {source('events')}) e ON e.id = p.event
            WHERE e.type = 'CONSULT' AND e.status = 'occurred'""")

    def load(self, folder):
        for statement in TABLES.split(";"):
            self.connection.execute(statement)
        for table, name in {"Event": "events", "Actor": "actors", "Part": "parts", "Met": "met"}.items():
            self.connection.execute(f"COPY {table} FROM '{self.tables}/{name}.csv'")
        self.connection.close()
        self.database.close()
        shutil.rmtree(self.tables)

    def interrupt(self):
        self.connection.interrupt()

    def rows(self, cypher):
        result = self.connection.execute(cypher)
        rows = []
        while result.has_next():
            rows.append(result.get_next())
        return rows

    def count(self):
        return self.rows("MATCH (e:Event) RETURN count(*)")

    def q01(self):
        return self.rows("MATCH (e:Event) RETURN e.type AS t, count(*) AS n ORDER BY n DESC, t")

    def q03(self):
        p = self.parameters["q3"]
        counts = {}
        for month, name, count in self.rows(f"""
                MATCH (a:Actor {{id: {p['a']}}})-[:Part]->(e:Event)<-[:Part]-(b:Actor {{id: {p['b']}}})
                WHERE e.status = 'occurred' AND date_trunc('month', e.start_min) = date_trunc('month', e.start_max)
                RETURN date_part('year', e.start_min) * 12 + date_part('month', e.start_min) - 1 AS m, e.type AS t,
                  count(*) AS n"""):
            key = month, QUADS[name]
            counts[key] = counts.get(key, 0) + count
        return sorted((*key, count) for key, count in counts.items())

    def q04(self):
        return self.rows("""
            MATCH (a:Actor)-[:Part]->(e:Event {type: 'CONSULT'})<-[:Part]-(b:Actor) WHERE a.id < b.id
            RETURN a.id AS x, b.id AS y, count(*) AS n ORDER BY n DESC, x, y LIMIT 20""")

    def q08(self):
        counts = self.rows(f"""
            MATCH (a:Actor)-[:Part]->(c:Event {{type: 'CONSULT', status: 'occurred'}})<-[:Part]-(b:Actor),
              (a)-[:Part]->(x:Event {{type: 'ASSAULT', status: 'occurred'}})<-[:Part]-(b)
            WHERE a.id < b.id AND c.start_min = c.start_max AND x.start_min = x.start_max
              AND x.start_min > c.start_min AND x.start_min - c.start_min <= {self.parameters['q8']['days']}
            RETURN a.id AS i, b.id AS j, count(*) AS n ORDER BY n DESC, i, j""")
        return [(None, None, sum(row[2] for row in counts))] + counts[:10]

    def q09(self):
        p = self.parameters["q9"]
        answer = []
        for number, (one, other) in enumerate(p["pairs"]):
            for window in (None, p["window"]):
                during = window and (
                    f"(r, n | WHERE r.start_min >= date('{window[0]}') AND r.end_max <= date('{window[1]}'))") or ""
                found = self.rows(f"""
                    MATCH (a:Actor {{id: {one}}})-[e:Met* SHORTEST 1..{2 * p['depth']} {during}]-(b:Actor {{id: {other}}})
                    RETURN length(e)""")
                answer.append((number, 1 if window else 0, found[0][0] // 2 if found else -1))
        return answer

    def q10(self):
        return self.rows("""
            MATCH (a:Actor)-[p:Part {role: 'host'}]->(e:Event {status: 'planned'}) WHERE e.start_min > e.article_date
            RETURN a.country AS c, count(*) AS n ORDER BY n DESC, c""")

    def q11(self):
        # With a parameter in place of the number it would scan the table (0.11.3).
        return lookups_digest([
            self.connection.execute(
                f"MATCH (e:Event {{id: {i}}}) RETURN e.type, e.time, e.status, e.place, e.score").get_next()
            for i in self.parameters["q11"]["ids"]])
