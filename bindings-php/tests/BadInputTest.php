<?php

declare(strict_types=1);

require_once __DIR__ . '/autoload.php';

use Bansos\BansosException;
use Bansos\Nik;
use PHPUnit\Framework\TestCase;

/** What a host can get wrong: always an exception with a code, never a crash. */
final class BadInputTest extends TestCase
{
    private static function code(mixed $request, string $operation = 'nik.parse'): string
    {
        return bansos_call($operation, $request)['error']['code'] ?? 'no error';
    }

    public function testNumbersWhereIdentifiersBelong(): void
    {
        self::assertSame('input.identifier_number', self::code(['nik' => 3508126801019001]));
        self::assertSame('input.identifier_number', self::code(['nik' => 3508126801019001.0]));
        self::assertSame('input.identifier_number', self::code(['nik' => PHP_INT_MAX]));
        self::assertSame('input.not_finite', self::code(['nik' => NAN]));
        self::assertSame('input.not_finite', self::code(['nik' => INF]));
        $this->expectException(BansosException::class);
        $this->expectExceptionMessageMatches('/2\^53/');
        Nik::parse(3508126801019001);
    }

    public function testWrongTypes(): void
    {
        foreach ([null, true, ['a'], ['x' => 1]] as $value) {
            self::assertSame('input.type', self::code(['nik' => $value]));
        }
        foreach ([new stdClass(), static fn () => 1, fopen('php://memory', 'r')] as $value) {
            self::assertSame('input.host', self::code(['nik' => $value]));
        }
        foreach ([null, 'nik', 1, ['3508126801019001']] as $request) {
            self::assertSame('input.type', self::code($request));
        }
        self::assertSame('input.missing', self::code([]));
        self::assertSame('input.field_unknown', self::code([7 => 'x', 'nik' => '1']));
        self::assertSame('input.operation', self::code([], 'nik.guess'));
        self::assertSame('input.operation', self::code([], ''));
    }

    public function testADateTimeIsItsDay(): void
    {
        $day = new DateTimeImmutable('2026-11-21 23:59', new DateTimeZone('Asia/Jakarta'));
        self::assertSame('1980-01-28', Nik::decode('3508126801809001', asOf: $day)['birth_date']);
    }

    public function testTextThatIsNoText(): void
    {
        self::assertSame('input.unicode', self::code(['nik' => "\xff\xfe"]));
        self::assertSame('nik.charset', self::code(['nik' => "35081268\0001019001"]));
        self::assertSame('nik.length', self::code(['nik' => str_repeat('9', 20_000_000)]));
    }

    public function testDepthAndCircles(): void
    {
        $circle = [];
        $circle['nik'] = &$circle;
        self::assertSame('input.depth', self::code($circle));
        $deep = 'x';
        for ($i = 0; $i < 5000; $i++) {
            $deep = [$deep];
        }
        self::assertSame('input.depth', self::code(['nik' => $deep]));
    }

    public function testReferencesAreSeenThrough(): void
    {
        $nik = '3508126801809001';
        self::assertSame($nik, bansos_call('nik.parse', ['nik' => &$nik])['ok']['nik']);
    }

    public function testTheErrorSaysWhatAndNeverWhose(): void
    {
        try {
            Nik::parse('35081268010190011');
            self::fail('no exception');
        } catch (BansosException $e) {
            self::assertSame(['nik.length', '/nik', ['digits' => 17]], [$e->errorCode, $e->path, $e->params]);
            self::assertSame('NIK terdiri atas 16 digit; ini 17 digit', $e->messages['id']);
            self::assertStringNotContainsString('3508', $e->getMessage());
        }
    }

    public function testNoLeakOverManyCalls(): void
    {
        $work = static function (): void {
            for ($i = 0; $i < 5000; $i++) {
                bansos_call('nik.examine', ['nik' => '3508126801809001', 'as_of' => '2026-11-21']);
                bansos_call('nik.parse', ['nik' => $i]);
            }
        };
        $work();
        $before = memory_get_usage();
        $work();
        self::assertLessThan(200_000, memory_get_usage() - $before);
    }
}
