<?php

// One writer of many: php -d extension=bansos visits.php FILE ORIGIN OFFICER COUNT [wait]
// With `wait` it says that it is ready and begins when a line comes in.

declare(strict_types=1);

require is_file(__DIR__ . '/vendor/autoload.php') ? __DIR__ . '/vendor/autoload.php' : __DIR__ . '/../../bindings-php/tests/autoload.php';
require __DIR__ . '/Ledger.php';

[, $file, $origin, $officer, $count] = $argv;
$ledger = new Ledger(new PDO("sqlite:$file"), $origin);
if (isset($argv[5])) {
    echo "ready\n";
    fgets(STDIN);
}
for ($i = 1; $i <= (int) $count; $i++) {
    ['event' => $event, 'told' => $told] = $ledger->append([
        'subject' => ['kind' => 'household', 'id' => "$officer-$i"],
        'place' => ['scheme' => 'kemendagri', 'code' => '6402012001'],
        'on' => '2022-08-01',
        'role' => 'dinsos',
        'actor' => $officer,
        'workflow' => 'kukar-2022',
        'stage' => 'daftar-awal',
        'act' => 'listed',
    ]);
    if (!$event) {
        throw new RuntimeException(implode('; ', array_map(static fn ($t) => $t['message']['id'], $told)));
    }
    echo $event['hash'], "\n"; // acknowledged: it is on the disk
    // whoever has just written would else be the first again
    if ($i % 10 === 0) {
        usleep(5000);
    }
}
