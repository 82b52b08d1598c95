<?php

// The package as Composer would load it, without Composer.

declare(strict_types=1);

spl_autoload_register(static function (string $class): void {
    $file = __DIR__ . '/../src/php/' . str_replace('\\', '/', substr($class, strlen('Bansos\\'))) . '.php';
    if (str_starts_with($class, 'Bansos\\') && is_file($file)) {
        require $file;
    }
});
require_once __DIR__ . '/../src/php/call.php';
