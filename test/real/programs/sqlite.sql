PRAGMA journal_mode=MEMORY;
PRAGMA temp_store=MEMORY;
CREATE TABLE item(id INTEGER PRIMARY KEY, key INTEGER, name TEXT, body TEXT);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<90000)
INSERT INTO item SELECT i, (i*2654435761)%1000003, printf('name-%08x', (i*40503)%65537), printf('%s%0300d', i, i*7919) FROM n;
CREATE INDEX by_key ON item(key);
CREATE INDEX by_name ON item(name, key);
PRAGMA integrity_check;
SELECT count(*), sum(key), sum(length(body)) FROM item;
SELECT name, count(*), sum(key) FROM item GROUP BY name ORDER BY 3 DESC, 1 LIMIT 20;
UPDATE item SET body = body || id WHERE key % 7 = 0;
DELETE FROM item WHERE key % 11 = 3;
SELECT a.id, b.id, a.body FROM item a JOIN item b ON b.key = a.key + 1 WHERE a.id % 997 = 5 ORDER BY a.id LIMIT 40;
SELECT body FROM item ORDER BY key DESC, id LIMIT 25;
PRAGMA integrity_check;
SELECT count(*), sum(length(body)), sum(key * id % 1009) FROM item;
