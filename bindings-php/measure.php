<?php

// What one call costs: php -d extension=… measure.php

declare(strict_types=1);

require_once __DIR__ . '/tests/autoload.php';

use Bansos\Nik;

function each(int $n, callable $work): string
{
    for ($i = 0; $i < $n / 10; $i++) {
        $work();
    }
    $start = hrtime(true);
    for ($i = 0; $i < $n; $i++) {
        $work();
    }
    return number_format((hrtime(true) - $start) / $n / 1000, 1);
}

printf(
    "One call: `Nik::parse` %s µs, `Nik::examine` %s µs.\n",
    each(20_000, static fn () => Nik::parse('3508126801809001')),
    each(20_000, static fn () => Nik::examine('3508126801809001', asOf: '2026-11-21')),
);
