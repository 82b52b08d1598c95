<?php

declare(strict_types=1);

namespace Bansos\Laravel;

use Bansos\Rules;
use Illuminate\Support\Facades\Validator;
use Illuminate\Support\ServiceProvider;

/** Registers the words `nik`, `no_kk` and `kode_wilayah` for validation strings. */
final class BansosServiceProvider extends ServiceProvider
{
    public function boot(): void
    {
        $rules = [
            'nik' => Rules::nik(...),
            'no_kk' => Rules::noKk(...),
            'kode_wilayah' => Rules::kodeWilayah(...),
        ];
        foreach ($rules as $word => $check) {
            Validator::extend($word, static fn ($attribute, $value) => $check($value) === null);
            Validator::replacer($word, static fn ($message, $attribute, $rule, $parameters, $validator) =>
                $attribute . ': ' . ($check(\data_get($validator->getData(), $attribute)) ?? $message));
        }
    }
}
