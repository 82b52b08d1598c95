<?php

declare(strict_types=1);

namespace Bansos\CodeIgniter;

use Bansos\Rules;

/**
 * Rules for CodeIgniter 4: add this class to `$ruleSets` in `app/Config/Validation.php`, then write
 * `'nik' => 'required|nik'`, `'no_kk' => 'no_kk'`, `'kode' => 'kode_wilayah'`.
 */
final class BansosRules
{
    public function nik(mixed $value, ?string &$error = null): bool
    {
        return ($error = Rules::nik($value)) === null;
    }

    public function no_kk(mixed $value, ?string &$error = null): bool
    {
        return ($error = Rules::noKk($value)) === null;
    }

    public function kode_wilayah(mixed $value, ?string &$error = null): bool
    {
        return ($error = Rules::kodeWilayah($value)) === null;
    }
}
