<?php

declare(strict_types=1);

namespace Bansos;

/** A question that cannot be answered. Never repeats a person's value. */
final class BansosException extends \InvalidArgumentException
{
    /**
     * @param string $errorCode stable code, `area.what`
     * @param string $path where in the request (RFC 6901), empty when it is not about one place
     * @param array<string, int|string> $params the code's parameters
     * @param array{id: string, en: string} $messages the sentence in Indonesian and in English
     */
    private function __construct(
        public readonly string $errorCode,
        public readonly string $path,
        public readonly array $params,
        public readonly array $messages,
    ) {
        $at = $path === '' ? '' : " ($path)";
        parent::__construct("$errorCode$at: {$messages['id']} / {$messages['en']}");
    }

    /** @param array{code: string, path: string, params: array<string, int|string>, message: array{id: string, en: string}} $error */
    public static function of(array $error): self
    {
        return new self($error['code'], $error['path'], $error['params'], $error['message']);
    }
}
