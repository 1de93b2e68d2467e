"""Polars: data frames in memory, read from Parquet. It has no questions q09 and q11: paths and single rows are not for it."""

import os

import polars as pl
from polars import col

from facts import FOREVER, QUADS, ROLES, STATUSES, day

SCHEMAS = {
    "events": dict(
        id=pl.Int64, type=pl.Enum(list(QUADS)), mode=pl.Categorical, time=pl.String, status=pl.Enum(STATUSES),
        place=pl.Int32, article=pl.Int32, score=pl.Float64),
    "participants": dict(event=pl.Int64, actor=pl.Int32, role=pl.Enum(ROLES)),
    "actors": dict(id=pl.Int32, name=pl.String, country=pl.String, kind=pl.String),
    "places": dict(id=pl.Int32, name=pl.String, country=pl.String, parent=pl.Int32),
    "articles": dict(id=pl.Int32, date=pl.Date, publisher=pl.String),
    "periods": dict(id=pl.Int32, name=pl.String, start=pl.Date, end=pl.Date),
}


def with_bounds(events):
    time, length = col("time"), col("time").str.len_bytes()
    start = pl.when(length == 4).then(time + "-01-01").when(length == 7).then(time + "-01").otherwise(time.str.slice(0, 10))
    events = events.with_columns(start_min=start.str.to_date("%Y-%m-%d"))
    year_end = col("start_min").dt.offset_by("1y").dt.offset_by("-1d")
    events = events.with_columns(start_max=pl.when(length == 4).then(year_end).when(length == 7).then(
        col("start_min").dt.month_end()).otherwise(col("start_min")))
    end = pl.when(length == 21).then(time.str.slice(11, 10)).otherwise(None).str.to_date("%Y-%m-%d")
    return events.with_columns(
        end_min=pl.coalesce(end, "start_min"),
        end_max=pl.when(length == 13).then(pl.lit(FOREVER)).otherwise(pl.coalesce(end, "start_max")))


def month(column):
    return col(column).dt.year() * 12 + col(column).dt.month().cast(pl.Int32) - 1


def quarter(column):
    return col(column).dt.year() * 4 + col(column).dt.quarter().cast(pl.Int32) - 1


class Peer:
    file = "parquet"

    def open(self, path, parameters, threads, writes=False):
        """How many threads it has, POLARS_MAX_THREADS says."""
        self.path, self.parameters = path, parameters
        os.makedirs(path, exist_ok=True)
        if not writes:
            frames = [pl.read_parquet(f"{path}/{table}.parquet") for table in SCHEMAS]
            self.events, self.participants, self.actors, self.places, self.articles, self.periods = frames

    def load(self, folder):
        for table, schema in SCHEMAS.items():
            frame = pl.read_csv(f"{folder}/{table}.tsv", separator="\t", quote_char=None, schema=schema)
            if table == "events":
                frame = with_bounds(frame)
            frame.write_parquet(f"{self.path}/{table}.parquet")

    def interrupt(self):
        """It cannot be: the process ends, and what would have come after is not asked."""
        os._exit(9)

    def count(self):
        return [(self.events.height,)]

    def q01(self):
        counts = self.events.lazy().group_by("type").len().with_columns(col("type").cast(pl.String))
        return counts.sort(["len", "type"], descending=[True, False]).collect().rows()

    def q02(self):
        p = self.parameters["q2"]
        answer = []
        for actor in p["actors"]:
            events = self.events.lazy().filter(
                (col("type") == p["type"]) & col("start_min").is_between(day(p["lo"]), day(p["hi"])))
            events = events.select("id", "time", "place", "start_min")
            newest = self.participants.lazy().filter(col("actor") == actor).join(events, left_on="event", right_on="id")
            newest = newest.sort(["start_min", "event"], descending=True).head(20)
            named = newest.join(self.places.lazy(), left_on="place", right_on="id", how="left", maintain_order="left")
            answer += named.select("event", "time", "name").collect().rows()
        return answer

    def q03(self):
        p = self.parameters["q3"]
        of = lambda actor: self.participants.lazy().filter(col("actor") == actor).select("event")
        events = self.events.lazy().join(of(p["a"]).join(of(p["b"]), on="event"), left_on="id", right_on="event")
        quad = col("type").cast(pl.String).replace_strict(QUADS, return_dtype=pl.Int32)
        return (
            events.filter((col("status") == "occurred") & (month("start_min") == month("start_max")))
            .select(month("start_min").alias("m"), quad.alias("quad"))
            .group_by("m", "quad").len().sort("m", "quad").collect().rows())

    def pairs(self, events):
        p = events.join(self.participants.lazy().select("event", "actor"), left_on="id", right_on="event")
        both = p.join(p.select("id", col("actor").alias("b")), on="id")
        return both.filter(col("actor") < col("b")).rename({"actor": "a"})

    def q04(self):
        counts = self.pairs(self.events.lazy().filter(col("type") == "CONSULT").select("id")).group_by("a", "b").len()
        best = counts.sort(["len", "a", "b"], descending=[True, False, False]).head(20)
        return best.select("a", "b", "len").collect().rows()

    def q05(self):
        p = self.parameters["q5"]
        answer = []
        for root in p["roots"]:
            ids, new = [root], [root]
            while new:
                new = self.places.filter(col("parent").is_in(new))["id"].to_list()
                ids += new
            events = self.events.lazy().filter(
                col("start_min").ge(day(p["lo"])) & col("end_max").le(day(p["hi"])) & col("place").is_in(ids))
            answer += events.sort("start_min", "id").select("id", col("type").cast(pl.String), "time").collect().rows()
        return answer

    def q06(self):
        d = day(self.parameters["q6"]["day"])
        return self.events.lazy().select(
            (col("end_max") < d).sum(), (col("end_min") < d).sum().alias("possibly")).collect().rows()

    def q07(self):
        extents = self.events.lazy().group_by(col("start_min").alias("s"), col("end_max").alias("t")).len()
        extents = extents.with_columns(col("len").cast(pl.Int64))
        touching = self.periods.lazy().join_where(extents, col("s") <= col("end"), col("t") >= col("start"))
        lies_inside = (col("s") >= col("start")) & (col("t") <= col("end"))
        counts = touching.group_by("id").agg(col("len").sum(), col("len").filter(lies_inside).sum().alias("inside"))
        return counts.sort("id").collect().rows()

    def q08(self):
        """Talks up to the day before less talks up to so many days before that, found by as-of joins."""
        k = self.parameters["q8"]["days"]
        events = self.events.lazy().filter(
            col("type").is_in(["CONSULT", "ASSAULT"]) & (col("status") == "occurred")
            & (col("start_min") == col("start_max")))
        events = events.select("id", (col("type") == "CONSULT").alias("t"), col("start_min").cast(pl.Int32).alias("d"))
        pairs = self.pairs(events).select((col("a").cast(pl.Int64) * 65536 + col("b")).alias("k"), "t", "d").collect()
        talks = pairs.lazy().filter(col("t")).group_by("k", "d").len().sort("k", "d")
        talks = talks.with_columns(col("len").cast(pl.Int64).cum_sum().over("k").alias("sum"))
        talks = talks.select((col("k") * 65536 + col("d")).alias("kd"), "k", "sum").sort("kd").collect()
        found = pairs.lazy().filter(~col("t")).group_by("k", "d").len().collect()
        for days, name in ((1, "to_then"), (k + 1, "to_before")):
            found = found.with_columns((col("k") * 65536 + col("d") - days).alias("kd")).sort("kd")
            last = talks.lazy().rename({"sum": name, "k": "k2"})
            found = found.lazy().join_asof(last, on="kd", strategy="backward").collect()
            found = found.with_columns(
                pl.when(col("k2") == col("k")).then(col(name)).otherwise(0).alias(name)).drop("k2", "kd")
        count = (col("to_then") - col("to_before")) * col("len").cast(pl.Int64)
        counts = found.lazy().group_by("k").agg(count.sum().alias("n")).filter(col("n") > 0)
        counts = counts.select((col("k") // 65536).alias("a"), (col("k") % 65536).alias("b"), "n").collect()
        best = counts.sort(["n", "a", "b"], descending=[True, False, False]).head(10)
        return [(None, None, counts["n"].sum())] + best.rows()

    def q10(self):
        events = self.events.lazy().filter(col("status") == "planned").select("id", "article", "start_min")
        articles = self.articles.lazy().select("id", "date")
        events = events.join(articles, left_on="article", right_on="id").filter(col("start_min") > col("date"))
        hosts = events.join(
            self.participants.lazy().filter(col("role") == "host"), left_on="id", right_on="event")
        counts = hosts.join(self.actors.lazy(), left_on="actor", right_on="id").group_by("country").len()
        return counts.sort(["len", "country"], descending=[True, False]).collect().rows()

    def q12(self):
        events = self.events.lazy().filter((col("status") == "occurred") & (quarter("start_min") == quarter("start_max")))
        events = events.select("id", quarter("start_min").alias("q"), "score")
        tone = self.participants.lazy().filter(col("role") == "actor").select("event", "actor")
        tone = tone.join(events, left_on="event", right_on="id")
        tone = tone.join(self.actors.lazy().select("id", "country"), left_on="actor", right_on="id")
        tone = tone.group_by("country", "q").agg(col("score").mean().alias("v"), pl.len().alias("n"))
        tone = tone.filter(col("n") >= self.parameters["q12"]["min_rows"]).collect()
        earlier = tone.select("country", (col("q") + 1).alias("q"), col("v").alias("was"))
        change = (col("v") - col("was")).round(6)
        both = tone.join(earlier, on=["country", "q"]).select(
            "country", "q", col("was").round(6), col("v").round(6), change.alias("change"))
        both = both.with_columns(col("change").abs().alias("size"))
        return both.sort(["size", "country", "q"], descending=[True, False, False]).head(10).drop("size").rows()
