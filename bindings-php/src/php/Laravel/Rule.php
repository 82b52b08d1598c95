<?php

declare(strict_types=1);

namespace Bansos\Laravel;

use Bansos\Rules;
use Closure;
use Illuminate\Contracts\Validation\ValidationRule;

/**
 * Rules for Laravel 10 and later: `'nik' => ['required', Rule::nik()]`, or as words once the service provider is
 * registered: `'nik' => 'required|nik'`.
 */
final class Rule implements ValidationRule
{
    /** @param Closure(mixed): ?string $check */
    private function __construct(private readonly Closure $check)
    {
    }

    public static function nik(?string $asOf = null, string $language = 'id'): self
    {
        return new self(static fn (mixed $value) => Rules::nik($value, $asOf, $language));
    }

    public static function noKk(?string $asOf = null, string $language = 'id'): self
    {
        return new self(static fn (mixed $value) => Rules::noKk($value, $asOf, $language));
    }

    public static function kodeWilayah(string $language = 'id'): self
    {
        return new self(static fn (mixed $value) => Rules::kodeWilayah($value, $language));
    }

    public function validate(string $attribute, mixed $value, Closure $fail): void
    {
        $sentence = ($this->check)($value);
        if ($sentence !== null) {
            $fail("$attribute: $sentence");
        }
    }
}
