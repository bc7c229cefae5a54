<?php

declare(strict_types=1);

use Twlan\Health;

require __DIR__ . '/../src/Health.php';

$path = parse_url($_SERVER['REQUEST_URI'] ?? '/', PHP_URL_PATH);

if ($path === '/health') {
    $checks = Health::check();
    http_response_code(in_array(false, $checks, true) ? 503 : 200);
    header('Content-Type: application/json');
    echo json_encode($checks), "\n";
    exit;
}

$villages = Health::database()
    ->query('SELECT name, x, y, points FROM villages ORDER BY points DESC')
    ->fetchAll(PDO::FETCH_ASSOC);
?>
<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>TWLan</title>
  </head>
  <body>
    <h1>TWLan</h1>
    <ul>
      <?php foreach ($villages as $village): ?>
        <li><?= htmlspecialchars("{$village['name']} ({$village['x']}|{$village['y']}): {$village['points']}") ?></li>
      <?php endforeach ?>
    </ul>
  </body>
</html>
