<?php
// The legacy world's single page. lighttpd sends every path here.
declare(strict_types=1);

$config = parse_ini_file('/opt/twlan/config/twlan.ini', true);
$socket = $config['database']['socket'];
$path = parse_url($_SERVER['REQUEST_URI'] ?? '/', PHP_URL_PATH);

mysqli_report(MYSQLI_REPORT_OFF);
$database = @mysqli_connect(null, 'root', '', null, 0, $socket);

if ($path === '/health') {
    http_response_code($database ? 200 : 503);
    header('Content-Type: text/plain');
    echo $database ? "ok\n" : "database down\n";
    exit;
}

$name = htmlspecialchars($config['world']['name']);
$speed = (int) (getenv('WORLD_SPEED') ?: 1);
echo "<!doctype html><title>$name</title><h1>$name</h1><p>Speed $speed</p>\n";
