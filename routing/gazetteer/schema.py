"""The tables of a gazetteer file."""

APPLICATION_ID = 0x64617967  # "dayg"
FORMAT = 3

SCHEMA = """
CREATE TABLE entry (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, component INTEGER NOT NULL,
    areas TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL, radius_m REAL NOT NULL,
    first_number REAL, last_number REAL);
CREATE TABLE course (entry INTEGER PRIMARY KEY, points BLOB NOT NULL);
CREATE TABLE name (
    key TEXT NOT NULL, entry INTEGER NOT NULL, grams INTEGER NOT NULL,
    PRIMARY KEY (key, entry)) WITHOUT ROWID;
CREATE TABLE trait (name TEXT PRIMARY KEY, holds INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE slip (
    form TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (form, key)) WITHOUT ROWID;
CREATE TABLE bigram (
    gram TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (gram, key)) WITHOUT ROWID;
CREATE TABLE house (
    entry INTEGER NOT NULL, number TEXT NOT NULL, value REAL NOT NULL, is_odd INTEGER NOT NULL,
    lat REAL NOT NULL, lon REAL NOT NULL, radius_m REAL NOT NULL,
    areas TEXT NOT NULL, east REAL, north REAL);
CREATE TABLE beside (
    compound INTEGER NOT NULL, street INTEGER NOT NULL,
    PRIMARY KEY (compound, street)) WITHOUT ROWID;
CREATE TABLE area (
    key TEXT NOT NULL, name TEXT NOT NULL, level TEXT NOT NULL,
    lat REAL, lon REAL, radius_m REAL, PRIMARY KEY (key, level)) WITHOUT ROWID;
"""
INDEXES = """
CREATE INDEX house_number ON house (entry, number);
CREATE INDEX house_value ON house (entry, value);
CREATE INDEX house_around ON house (value, lat, lon, east, north);
"""
