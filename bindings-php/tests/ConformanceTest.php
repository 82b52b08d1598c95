<?php

declare(strict_types=1);

require_once __DIR__ . '/autoload.php';
require_once __DIR__ . '/Agree.php';

use PHPUnit\Framework\TestCase;

/** Every vector, one test per case: through the extension's door, and through the typed function where it has an answer. */
final class ConformanceTest extends TestCase
{
    private const FOLDER = __DIR__ . '/../../conformance';

    /** What docs/PARITY.md is made of. */
    private static array $counts = ['passed' => 0, 'failed' => 0, 'xfail' => 0];

    public static function tearDownAfterClass(): void
    {
        $folder = getenv('BANSOS_PARITY');
        if ($folder !== false) {
            file_put_contents("$folder/php.json", json_encode(self::$counts));
        }
    }

    public static function cases(): iterable
    {
        foreach (glob(self::FOLDER . '/vectors/*/*.json') as $file) {
            $group = json_decode(file_get_contents($file), false, 512, JSON_THROW_ON_ERROR);
            // once more as PHP's own arrays: what a caller would write
            $plain = json_decode(file_get_contents($file), true, 512, JSON_THROW_ON_ERROR);
            foreach ($group->cases as $i => $case) {
                yield $case->id => [$case->operation ?? $group->operation, $plain['cases'][$i]['input'], $case];
            }
        }
    }

    private static function xfails(): array
    {
        $all = json_decode(file_get_contents(self::FOLDER . '/exceptions.json'), true)['xfail'];
        return array_column(array_filter($all, static fn ($x) => $x['surface'] === 'php'), 'reason', 'id');
    }

    /** @dataProvider cases */
    public function testVector(string $operation, mixed $input, \stdClass $case): void
    {
        $answer = bansos_call($operation, $input);
        $found = Agree::difference($case->expect, $answer);
        $expected = self::xfails()[$case->id] ?? null;
        if ($expected !== null) {
            self::$counts['xfail']++;
            self::assertNotNull($found, "passes, though listed as failing: $expected");
            return;
        }
        self::$counts['failed']++;
        self::assertNull($found, $case->title . ': ' . $found);
        if (isset($answer['ok'])) {
            self::assertSame($answer['ok'], self::typed($operation, $input));
        }
        self::$counts['failed']--;
        self::$counts['passed']++;
    }

    /** The same through the area's class: its named arguments are the request's members. */
    private static function typed(string $operation, array $input): array
    {
        [$class, $method] = self::home($operation);
        $arguments = [];
        foreach ($input as $name => $value) {
            $arguments[self::camel($name)] = $value;
        }
        return $class::$method(...$arguments);
    }

    private static function home(string $operation): array
    {
        [$area, $what] = str_contains($operation, '.') ? explode('.', $operation) : ['bansos', $operation];
        return ['Bansos\\' . ucfirst(self::camel($area)), self::camel($what)];
    }

    private static function camel(string $name): string
    {
        return lcfirst(str_replace('_', '', ucwords($name, '_')));
    }

    public function testEveryOperationHasItsFunction(): void
    {
        foreach (bansos_operations() as $operation) {
            self::assertTrue(is_callable(self::home($operation)), $operation);
        }
    }

    public function testTheStubsAreTheExtension(): void
    {
        $stubs = file_get_contents(__DIR__ . '/../stubs/bansos.php');
        $functions = (new ReflectionExtension('bansos'))->getFunctions();
        preg_match_all('/^function (\w+)\((.*?)\)/m', $stubs, $found, PREG_SET_ORDER);
        self::assertSame(array_keys($functions), array_column($found, 1));
        foreach ($found as [, $name, $parameters]) {
            $names = array_map(static fn ($p) => $p->getName(), $functions[$name]->getParameters());
            preg_match_all('/\$(\w+)/', $parameters, $stubbed);
            self::assertSame($names, $stubbed[1], $name);
        }
    }
}
