<?php

// The same rows from PHP, by PDO: SQLite, PostgreSQL, MySQL. See ledger.mjs.

declare(strict_types=1);

use Bansos\Verivali;

final class Ledger
{
    /** What differs between databases, by the name of PDO's driver. */
    private const DIALECTS = [
        // immediate: who reads the end of the chain is the one who writes behind it
        'sqlite' => ['begin immediate', 'integer primary key', '', 'on conflict do nothing'],
        'pgsql' => ['begin', 'bigint generated always as identity primary key', 'for update', 'on conflict do nothing'],
        // not `insert ignore`: two that only share the row's lock would wait for each other
        'mysql' => ['start transaction', 'bigint auto_increment primary key', 'for update', 'on duplicate key update number = number'],
    ];

    public function __construct(private readonly PDO $database, private readonly string $origin)
    {
        $database->setAttribute(PDO::ATTR_ERRMODE, PDO::ERRMODE_EXCEPTION);
        [, $place] = $this->dialect();
        if ($this->driver() === 'sqlite') {
            $database->setAttribute(PDO::ATTR_TIMEOUT, 60);
            // a commit is on the disk when it returns, and readers do not wait for writers
            $database->exec('pragma journal_mode = wal');
            $database->exec('pragma synchronous = full');
        }
        $database->exec("create table if not exists event (place $place, hash varchar(64) not null unique, origin varchar(64) not null,
            number bigint not null, kind varchar(16) not null, subject varchar(64) not null, event text not null)");
        $database->exec('create table if not exists mark (origin varchar(64) primary key, number bigint not null, hash varchar(64) not null)');
    }

    /** The event, or in `told` why it may not be written. */
    public function append(array $entry): array
    {
        [$begin, , $lock, $first] = $this->dialect();
        ['kind' => $kind, 'id' => $id] = $entry['subject'];
        $this->database->exec($begin);
        try {
            // a row to hold on to, also before the first event
            $this->run("insert into mark (origin, number, hash) values (?, 0, '') $first", [$this->origin]);
            $mark = $this->run("select number, hash from mark where origin = ? $lock", [$this->origin])->fetch(PDO::FETCH_ASSOC);
            $head = $mark['number'] > 0 ? ['origin' => $this->origin, 'number' => (int) $mark['number'], 'hash' => $mark['hash']] : null;
            $story = $this->run('select event from event where subject = ? and kind = ?', [$id, $kind])->fetchAll(PDO::FETCH_COLUMN);
            $answer = Verivali::append($this->origin, self::decoded($story), $entry, $head);
            if ($event = $answer['event']) {
                $this->run(
                    'insert into event (hash, origin, number, kind, subject, event) values (?, ?, ?, ?, ?, ?)',
                    [$event['hash'], $this->origin, $event['number'], $kind, $id, json_encode($event, JSON_UNESCAPED_UNICODE | JSON_THROW_ON_ERROR)],
                );
                $this->run('update mark set number = ?, hash = ? where origin = ?', [$answer['head']['number'], $answer['head']['hash'], $this->origin]);
            }
            $this->database->exec($event ? 'commit' : 'rollback');
            return $answer;
        } catch (Throwable $e) {
            $this->database->exec('rollback');
            throw $e;
        }
    }

    /** All events, in the order they were written. */
    public function events(): array
    {
        return self::decoded($this->run('select event from event order by place')->fetchAll(PDO::FETCH_COLUMN));
    }

    private static function decoded(array $events): array
    {
        return array_map(static fn (string $event): array => json_decode($event, true, flags: JSON_THROW_ON_ERROR), $events);
    }

    private function run(string $sql, array $parameters = []): PDOStatement
    {
        $statement = $this->database->prepare($sql);
        $statement->execute($parameters);
        return $statement;
    }

    private function driver(): string
    {
        return $this->database->getAttribute(PDO::ATTR_DRIVER_NAME);
    }

    private function dialect(): array
    {
        return self::DIALECTS[$this->driver()] ?? throw new DomainException("no dialect for {$this->driver()}");
    }
}
