<?php
// A receiver as a user writes it from the vendor's page. What it understood goes to the file named
// in SEEN, as JSON, so that a test can compare it with what was sent.

$user = $_SERVER['PHP_AUTH_USER'] ?? null;
$password = $_SERVER['PHP_AUTH_PW'] ?? null;
$secret = $_SERVER['HTTP_MY_SUPER_SECRET_TOKEN'] ?? null;

// Query parameters come with GET and with POST.
$seen = [
    'method' => $_SERVER['REQUEST_METHOD'],
    'get' => (object) $_GET,
    'secret' => $secret,
    'user' => $user,
    'password' => $password,
    'content_type' => $_SERVER['CONTENT_TYPE'] ?? null,
];

if (isset($_POST['myoperator'])) {
    // The data is a string; it is decoded to an array to get at the call's data.
    $seen['text'] = $_POST['myoperator'];
    $seen['call'] = json_decode($_POST['myoperator'], true, 512, JSON_THROW_ON_ERROR);
} elseif (str_starts_with($seen['content_type'] ?? '', 'application/json')) {
    $seen['call'] = json_decode(file_get_contents('php://input'), true, 512, JSON_THROW_ON_ERROR);
}

file_put_contents(
    getenv('SEEN'),
    json_encode($seen, JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES)
);

if ($secret == 'abc123def' || ($user == 'admin' && $password == '123456')) {
    // The request comes from the switchboard.
    echo 'Good';
} else {
    http_response_code(401);
    echo 'Bad';
}
