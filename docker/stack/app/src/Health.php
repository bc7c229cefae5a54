<?php

declare(strict_types=1);

namespace Twlan;

use PDO;
use Redis;
use Throwable;

/** Asks the database and the cache whether they answer. */
final class Health
{
    /** @return array<string, bool> */
    public static function check(): array
    {
        return [
            'database' => self::answers(fn () => self::database()->query('SELECT 1')->fetchColumn() == 1),
            'redis' => self::answers(fn () => self::redis()->ping() !== false),
        ];
    }

    public static function database(): PDO
    {
        $dsn = sprintf(
            'mysql:host=%s;port=%s;dbname=%s;charset=utf8mb4',
            getenv('DB_HOST'),
            getenv('DB_PORT'),
            getenv('DB_NAME'),
        );

        return new PDO($dsn, getenv('DB_USER'), getenv('DB_PASSWORD'));
    }

    private static function redis(): Redis
    {
        $redis = new Redis();
        $redis->connect(getenv('REDIS_HOST'), 6379, 2.0);

        return $redis;
    }

    private static function answers(callable $question): bool
    {
        try {
            return $question();
        } catch (Throwable) {
            return false;
        }
    }
}
