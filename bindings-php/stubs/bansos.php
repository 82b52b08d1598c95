<?php

// Stubs of the extension `bansos`, for editors and analysers; the tests compare them with the extension.

/**
 * Calls an operation by name: `['ok' => …]` or `['error' => …]`. `Bansos\call()` throws instead.
 *
 * @return array<string, mixed>
 */
function bansos_call(string $name, mixed $request): mixed {}

/**
 * Names of the operations.
 *
 * @return list<string>
 */
function bansos_operations(): mixed {}
