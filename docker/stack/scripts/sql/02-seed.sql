INSERT INTO players (name) VALUES ('Ada'), ('Bjørn'), ('Çelik');

INSERT INTO villages (player_id, name, x, y, points) VALUES
  (1, 'Northgate', 500, 498, 1204),
  (2, 'Fjordby',   512, 503,  866),
  (3, 'Kale',      497, 511,  431),
  (NULL, 'Barbarian village', 505, 505, 26);
