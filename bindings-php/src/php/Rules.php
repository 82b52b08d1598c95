<?php

declare(strict_types=1);

namespace Bansos;

/**
 * What the validation rules of the frameworks share: the sentence of what is wrong, or null.
 *
 * A rule refuses only what can never have been issued; what merely disagrees with other facts is a finding, which
 * `Nik::examine` returns and a form may show beside the field.
 */
final class Rules
{
    /** The sentence about a NIK, or null when it can have been issued. */
    public static function nik(mixed $value, ?string $asOf = null, string $language = 'id'): ?string
    {
        return self::sentence(static fn () => Nik::examine($value, $asOf ?? \date('Y-m-d')), $language);
    }

    /** The sentence about a family-card number, or null when it can have been issued. */
    public static function noKk(mixed $value, ?string $asOf = null, string $language = 'id'): ?string
    {
        return self::sentence(static fn () => FamilyCard::examine($value, $asOf ?? \date('Y-m-d')), $language);
    }

    /** The sentence about a region code (Kemendagri), or null when it was ever given out. */
    public static function kodeWilayah(mixed $value, string $language = 'id'): ?string
    {
        return self::sentence(static fn () => Region::lookup($value), $language);
    }

    /** @param callable(): array{findings: list<array{severity: string, message: array{id: string, en: string}}>} $examine */
    private static function sentence(callable $examine, string $language): ?string
    {
        try {
            $seen = $examine();
        } catch (BansosException $e) {
            return $e->messages[$language];
        }
        foreach ($seen['findings'] as $finding) {
            if ($finding['severity'] === 'error') {
                return $finding['message'][$language];
            }
        }
        return null;
    }
}
