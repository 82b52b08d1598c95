<?php

declare(strict_types=1);

// The frameworks' registry is not reachable from every machine: where Laravel is absent, its interface stands here.
namespace Illuminate\Contracts\Validation {
    if (!interface_exists(ValidationRule::class)) {
        interface ValidationRule
        {
            public function validate(string $attribute, mixed $value, \Closure $fail): void;
        }
    }
}

namespace {
    require_once __DIR__ . '/autoload.php';

    use Bansos\CodeIgniter\BansosRules;
    use Bansos\Laravel\Rule;
    use Bansos\Rules;
    use PHPUnit\Framework\TestCase;

    final class RulesTest extends TestCase
    {
        private static function laravel(Rule $rule, mixed $value): ?string
        {
            $said = null;
            $rule->validate('kolom', $value, static function (string $sentence) use (&$said): void {
                $said = $sentence;
            });
            return $said;
        }

        public function testNik(): void
        {
            self::assertNull(Rules::nik('3508126801809001', '2026-11-21'));
            self::assertNull(Rules::nik('9109016801809001', '2026-11-21'), 'a region that once existed is fine');
            self::assertSame('NIK terdiri atas 16 digit; ini 3 digit', Rules::nik('123'));
            self::assertSame('A NIK has 16 digits; this has 3', Rules::nik('123', language: 'en'));
            self::assertNotNull(Rules::nik('3508123201809001'), 'there is no 32 January');
            self::assertNotNull(Rules::nik(3508126801809001), 'a number is refused');
            self::assertNotNull(Rules::nik(null));
        }

        public function testLaravel(): void
        {
            self::assertNull(self::laravel(Rule::nik('2026-11-21'), '3508126801809001'));
            self::assertStringStartsWith('kolom: ', self::laravel(Rule::nik(), '3508') ?? '');
            self::assertNull(self::laravel(Rule::noKk('2026-11-21'), '3508121203119001'));
            self::assertNotNull(self::laravel(Rule::noKk('2026-11-21'), '3508126801809001'), 'a NIK is no family card');
            self::assertNull(self::laravel(Rule::kodeWilayah(), '35.08.12'));
            self::assertNotNull(self::laravel(Rule::kodeWilayah(), '99.01'));
        }

        public function testCodeIgniter(): void
        {
            $rules = new BansosRules();
            self::assertTrue($rules->nik('3508126801809001', $error));
            self::assertNull($error);
            self::assertFalse($rules->nik('x', $error));
            self::assertStringContainsString('angka', $error);
            self::assertTrue($rules->no_kk('3508121203119001'));
            self::assertTrue($rules->kode_wilayah('3508'));
            self::assertFalse($rules->kode_wilayah('9901'));
        }
    }
}
