-- Runs once, when the database volume is empty.
CREATE TABLE IF NOT EXISTS players (
  id         INT UNSIGNED NOT NULL AUTO_INCREMENT,
  name       VARCHAR(64)  NOT NULL,
  created_at TIMESTAMP    NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY (id),
  UNIQUE KEY players_name (name)
) ENGINE=InnoDB;

CREATE TABLE IF NOT EXISTS villages (
  id        INT UNSIGNED      NOT NULL AUTO_INCREMENT,
  player_id INT UNSIGNED      NULL,
  name      VARCHAR(64)       NOT NULL,
  x         SMALLINT UNSIGNED NOT NULL,
  y         SMALLINT UNSIGNED NOT NULL,
  points    INT UNSIGNED      NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  UNIQUE KEY villages_place (x, y),
  CONSTRAINT villages_player FOREIGN KEY (player_id) REFERENCES players (id) ON DELETE SET NULL
) ENGINE=InnoDB;
