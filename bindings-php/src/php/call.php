<?php

declare(strict_types=1);

namespace Bansos;

/**
 * Calls an operation by name: plain arrays in and out.
 *
 * @param array<string, mixed> $request
 * @return array<string, mixed>
 * @throws BansosException when the question cannot be answered
 */
function call(string $name, array $request): array
{
    $envelope = \bansos_call($name, $request);
    if (isset($envelope['error'])) {
        throw BansosException::of($envelope['error']);
    }
    return $envelope['ok'];
}
