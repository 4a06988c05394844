<?php
// The smallest honest receiver: proof, the call log, an answer. The whole one is webhook.php.
$token = (string) getenv('TOKEN');
if ($token === '' || !hash_equals($token, $_SERVER['HTTP_MY_SUPER_SECRET_TOKEN'] ?? '')) {
    http_response_code(401);
    exit;
}
$log = json_decode($_POST['myoperator'] ?? '', true);
if (!is_array($log)) {
    http_response_code(400);
    exit;
}
if (@file_put_contents(getenv('CALLS') ?: 'calls.ndjson', json_encode($log) . "\n", FILE_APPEND | LOCK_EX) === false) {
    http_response_code(500);
    exit;
}
echo 'OK';
