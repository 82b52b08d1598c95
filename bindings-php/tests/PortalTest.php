<?php

declare(strict_types=1);

use PHPUnit\Framework\TestCase;

/** The form handler of examples/php-portal, served by `php -S`. */
final class PortalTest extends TestCase
{
    /** @var resource */
    private static $server;
    private static string $url;

    public static function setUpBeforeClass(): void
    {
        $probe = stream_socket_server('tcp://127.0.0.1:0');
        $address = stream_socket_get_name($probe, false);
        fclose($probe);
        self::$url = "http://$address/";
        $loaded = getenv('BANSOS_EXTENSION');
        $page = realpath(__DIR__ . '/../../examples/php-portal/index.php');
        $command = [PHP_BINARY, '-d', "extension=$loaded", '-S', $address, $page];
        self::$server = proc_open($command, [1 => ['file', '/dev/null', 'w'], 2 => ['file', '/dev/null', 'w']], $pipes, null, ['PORTAL_TODAY' => '2026-11-21'] + getenv());
        for ($i = 0; $i < 100 && @file_get_contents(self::$url) === false; $i++) {
            usleep(100_000);
        }
    }

    public static function tearDownAfterClass(): void
    {
        proc_terminate(self::$server);
        proc_close(self::$server);
    }

    private static function post(array $fields): array
    {
        $context = stream_context_create(['http' => [
            'method' => 'POST',
            'header' => 'Content-Type: application/x-www-form-urlencoded',
            'content' => http_build_query($fields),
            'ignore_errors' => true,
        ]]);
        $body = file_get_contents(self::$url, false, $context);
        return [(int) explode(' ', $http_response_header[0])[1], $body];
    }

    public function testAGoodProposalIsTakenWithANote(): void
    {
        [$status, $page] = self::post(['nik' => '3508126801809001', 'no_kk' => '3508121203119001', 'tanggal_lahir' => '1980-02-28']);
        self::assertSame(200, $status);
        self::assertStringContainsString('35**************', $page);
        self::assertStringContainsString('Periksa kembali', $page);
    }

    public function testWhatIsWrongIsSaidBesideTheField(): void
    {
        [$status, $page] = self::post(['nik' => '35081268018090', 'no_kk' => '3508126801809001', 'tanggal_lahir' => '']);
        self::assertSame(422, $status);
        self::assertStringContainsString('NIK terdiri atas 16 digit; ini 14 digit', $page);
        self::assertSame(2, substr_count($page, 'class="salah"'));
    }

    public function testHostileInput(): void
    {
        [$status, $page] = self::post(['nik' => '<script>alert(1)</script>', 'no_kk' => "\xff", 'tanggal_lahir' => 'x']);
        self::assertSame(422, $status);
        self::assertStringNotContainsString('<script>', $page);
        [$status] = self::post(['nik' => ['a'], 'no_kk' => '3508121203119001']);
        self::assertSame(422, $status);
    }
}
