<?php
/*
 * A receiver of Switchhook's webhooks in plain PHP 8.
 *
 *     TOKEN=abc123def SECRET=whsec_… CALLS=calls.tsv php -S 127.0.0.1:8090 webhook.php
 *
 * TOKEN is the value of the header my-super-secret-token, SECRET the webhook's signing secret (leave it
 * out when the webhook does not sign). Each event becomes one line in the file CALLS.
 */
declare(strict_types=1);

const TOLERANCE_SECONDS = 300;

// The bytes as they came. A signature is over bytes, so nothing that PHP has already decoded will do.
// A GET has no body: there the raw query is signed.
$body = file_get_contents('php://input');
$content = $_SERVER['REQUEST_METHOD'] === 'GET' ? ($_SERVER['QUERY_STRING'] ?? '') : $body;

if (!knows_token() || !is_signed($content)) {
    // "Bad" with status 200 would count as delivered: only the status says no.
    answer(401, 'This request does not prove who sent it.');
}

$log = read_log($body);
if ($log === null && $_SERVER['REQUEST_METHOD'] !== 'GET') {
    answer(400, 'There is no call log.');
}

// Work, then remember, one request at a time: a repeat that comes meanwhile waits, and work that fails
// is told again. Real work belongs into a queue: the sender waits for the answer, 15 seconds at most.
$memory = memory_folder();
$lock = @fopen("$memory/lock", 'c');
if ($lock === false || !flock($lock, LOCK_EX)) {
    answer(500, 'This event could not be worked on.');
}
$id = $_SERVER['HTTP_WEBHOOK_ID'] ?? '';
$seen = $memory . '/id-' . hash('sha256', $id);
if ($id === '' || !file_exists($seen)) {
    $line = line($id, $log, $memory);
    // A warning that PHP prints goes out with status 200 on many servers: hence the @, and the check.
    if (@file_put_contents(getenv('CALLS') ?: 'calls.tsv', $line, FILE_APPEND) === false) {
        answer(500, 'This event could not be worked on.');
    }
    touch($seen);
}
answer(200, 'OK');

/** True when the secret header is there and right. PHP writes the name of every header like this one. */
function knows_token(): bool
{
    $token = (string) getenv('TOKEN');
    // Without a token everybody would be right.
    return $token !== '' && hash_equals($token, $_SERVER['HTTP_MY_SUPER_SECRET_TOKEN'] ?? '');
}

/** True when one of the signatures is right (Standard Webhooks) and the request is not old. */
function is_signed(string $content): bool
{
    $secret = (string) getenv('SECRET');
    if ($secret === '') {
        return true;
    }
    $id = $_SERVER['HTTP_WEBHOOK_ID'] ?? '';
    $timestamp = $_SERVER['HTTP_WEBHOOK_TIMESTAMP'] ?? '';
    $key = base64_decode(substr($secret, strlen('whsec_')));
    $expected = 'v1,' . base64_encode(hash_hmac('sha256', "$id.$timestamp.$content", $key, true));
    $right = false;
    foreach (explode(' ', $_SERVER['HTTP_WEBHOOK_SIGNATURE'] ?? '') as $shown) {
        $right = hash_equals($expected, $shown) || $right;
    }
    return $right && ctype_digit($timestamp) && abs(time() - (int) $timestamp) <= TOLERANCE_SECONDS;
}

/** The call log, in whatever format the webhook is set to; null when there is none. */
function read_log(string $body): ?array
{
    $log = isset($_POST['myoperator']) ? json_decode($_POST['myoperator'], true) : json_decode($body, true);
    $log = is_array($log['myoperator'] ?? null) ? $log['myoperator'] : $log;
    return is_array($log) ? $log : null;
}

/** What happened, as one line: id, kind, call, state or event, number, users, and whether something is missing. */
function line(string $id, ?array $log, string $memory): string
{
    if ($log === null) {
        $uid = $_GET['uid'] ?? '';
        $what = ['parameters', $uid, $_GET['state'] ?? '', number($_GET['caller_number'] ?? ''), ''];
    } elseif (isset($log['event_type'])) {
        // The second generation, of a source that tells as v2: the call is session_id, the rest is in payload.
        $uid = $log['session_id'] ?? '';
        $what = ['event', $uid, $log['event_type'], number($log['customer_identifier'] ?? ''), ''];
    } elseif (isset($log['_ai'])) {
        $uid = uid_of($log['_pm'] ?? []);
        $kind = isset($log['_dsp']) ? 'disposition' : 'after-call';
        $what = [$kind, $uid, $log['_su'] ?? '', number($log['_cl'] ?? ''), ''];
    } else {
        $uid = $log['uid'] ?? '';
        // There is no _cr in an in-call log: the caller is clid_raw.
        $what = ['in-call', $uid, $log['call_state'] ?? '', number($log['clid_raw'] ?? ''), users($log['users'] ?? null)];
    }
    $fields = [$id, ...$what, is_gap($uid, $memory) ? 'gap' : 'ok'];
    return implode("\t", array_map(fn ($field) => preg_replace('/[[:cntrl:]]/', ' ', (string) $field), $fields)) . "\n";
}

/** The uid of an after-call log: its entry "ui". */
function uid_of(array $parameters): string
{
    foreach ($parameters as $parameter) {
        if (($parameter['ky'] ?? '') === 'ui') {
            return (string) $parameter['vl'];
        }
    }
    return '';
}

/** The users with commas between, whether they came as a list, as a comma list, or as JSON in a text. */
function users(mixed $users): string
{
    $decoded = is_string($users) && str_starts_with($users, '[') ? json_decode($users, true) : $users;
    return is_array($decoded) ? implode(',', $decoded) : (string) $users;
}

/** The number with its plus, which a sender that does not encode it turns into a space. */
function number(mixed $number): string
{
    return preg_replace('/^ (?=\d+$)/', '+', (string) $number);
}

/** True when an event of this call should have come before this one and did not. */
function is_gap(string $uid, string $memory): bool
{
    $sequence = (int) ($_SERVER['HTTP_SWITCHHOOK_SEQUENCE'] ?? 0);
    if ($uid === '' || $sequence === 0 || isset($_SERVER['HTTP_SWITCHHOOK_REPLAY'])) {
        return false;
    }
    $file = $memory . '/call-' . hash('sha256', $uid);
    $last = is_file($file) ? (int) file_get_contents($file) : null;
    file_put_contents($file, (string) max($last ?? 0, $sequence));
    $previous = (int) ($_SERVER['HTTP_SWITCHHOOK_PREVIOUS'] ?? 0);
    return isset($_SERVER['HTTP_SWITCHHOOK_SKIPPED']) || ($last !== null && $previous > $last);
}

/** Where this webhook's ids and calls are remembered. Empty it of what is older than four days. */
function memory_folder(): string
{
    $folder = (getenv('CALLS') ?: 'calls.tsv') . '.memory';
    if (!is_dir($folder)) {
        @mkdir($folder, 0700, true);
    }
    return $folder;
}

function answer(int $status, string $words): never
{
    http_response_code($status);
    header('Content-Type: text/plain; charset=utf-8');
    echo $words, "\n";
    exit;
}
