<?php

declare(strict_types=1);

/** When an answer agrees with an expectation: conformance/README.md, "When an answer agrees". Objects are stdClass. */
final class Agree
{
    /** Where and how `$actual` departs from `$expected`, or null. */
    public static function difference(\stdClass $expected, array $actual): ?string
    {
        if (isset($expected->error)) {
            $have = $actual['error'] ?? null;
            if ($have === null) {
                return "expected the error {$expected->error->code}, got an answer";
            }
            foreach (['code', 'path'] as $member) {
                if (isset($expected->error->$member) && $expected->error->$member !== $have[$member]) {
                    return "$member: expected {$expected->error->$member}, got {$have[$member]} ({$have['code']})";
                }
            }
            if (isset($expected->error->params)) {
                $want = (array) $expected->error->params;
                ksort($want);
                if ($want !== $have['params']) {
                    return 'params: expected ' . json_encode($want) . ', got ' . json_encode($have['params']);
                }
            }
            return self::walk('/message', $expected->error->message ?? new \stdClass(), $have['message']);
        }
        if (!array_key_exists('ok', $actual)) {
            return "expected an answer, got {$actual['error']['code']} at {$actual['error']['path']}";
        }
        return self::walk('', $expected->ok, $actual['ok']);
    }

    private static function walk(string $path, mixed $want, mixed $have): ?string
    {
        if ($want instanceof \stdClass) {
            if (!is_array($have)) {
                return "$path: expected an object, got " . json_encode($have);
            }
            foreach (get_object_vars($want) as $key => $value) {
                $found = self::walk("$path/$key", $value, $have[$key] ?? null);
                if ($found !== null) {
                    return $found;
                }
            }
            return null;
        }
        if (is_array($want)) {
            if (!is_array($have) || count($want) !== count($have)) {
                return "$path: expected " . count($want) . ' items, got ' . json_encode($have);
            }
            foreach ($want as $i => $value) {
                $found = self::walk("$path/$i", $value, $have[$i] ?? null);
                if ($found !== null) {
                    return $found;
                }
            }
            return null;
        }
        $numbers = (is_int($want) || is_float($want)) && (is_int($have) || is_float($have));
        $same = $numbers
            ? $want == $have || abs($want - $have) <= 1e-9 * max(abs($want), abs($have))
            : $want === $have;
        return $same ? null : "$path: expected " . json_encode($want) . ', got ' . json_encode($have);
    }
}
