<?php

// A form handler as village portals have it: php -d extension=bansos -S 127.0.0.1:8000 index.php

declare(strict_types=1);

require is_file(__DIR__ . '/vendor/autoload.php')
    ? __DIR__ . '/vendor/autoload.php'
    : __DIR__ . '/../../bindings-php/tests/autoload.php';

use Bansos\BansosException;
use Bansos\Nik;
use Bansos\Rules;

$errors = [];
$notes = [];
$given = array_map(static fn ($v) => is_string($v) ? trim($v) : '', $_POST + ['nik' => '', 'no_kk' => '', 'tanggal_lahir' => '']);
$today = getenv('PORTAL_TODAY') ?: date('Y-m-d');

if ($_SERVER['REQUEST_METHOD'] === 'POST') {
    $errors = array_filter([
        'nik' => Rules::nik($given['nik'], $today),
        'no_kk' => Rules::noKk($given['no_kk'], $today),
    ]);
    if ($errors === []) {
        try {
            $declared = array_filter(['birth_date' => $given['tanggal_lahir']]);
            foreach (Nik::examine($given['nik'], asOf: $today, declared: $declared)['findings'] as $finding) {
                $notes[] = $finding['message']['id'];
            }
        } catch (BansosException $e) {
            $errors['tanggal_lahir'] = $e->messages['id'];
        }
    }
    http_response_code($errors === [] ? 200 : 422);
}

$show = static fn (string $text): string => htmlspecialchars($text, ENT_QUOTES | ENT_SUBSTITUTE);
?>
<!doctype html>
<html lang="id">
<meta charset="utf-8">
<title>Usulan penerima bantuan</title>
<h1>Usulan penerima bantuan</h1>
<?php if ($_SERVER['REQUEST_METHOD'] === 'POST' && $errors === []) : ?>
    <p class="diterima">Data untuk NIK <?= $show(Nik::mask($given['nik'])['masked']) ?> dapat diterima.</p>
    <?php foreach ($notes as $note) : ?>
        <p class="catatan">Periksa kembali: <?= $show($note) ?></p>
    <?php endforeach ?>
<?php endif ?>
<form method="post">
    <?php foreach (['nik' => 'NIK', 'no_kk' => 'Nomor KK', 'tanggal_lahir' => 'Tanggal lahir'] as $name => $label) : ?>
        <p>
            <label><?= $label ?> <input name="<?= $name ?>" value="<?= $show($given[$name]) ?>"<?= $name === 'tanggal_lahir' ? ' type="date"' : '' ?>></label>
            <?php if (isset($errors[$name])) : ?>
                <strong class="salah"><?= $show($errors[$name]) ?></strong>
            <?php endif ?>
        </p>
    <?php endforeach ?>
    <button>Kirim</button>
</form>
</html>
