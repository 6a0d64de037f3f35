<?php
// Installs WordPress in the folder $argv[1], with one post: its text in $argv[2], so many comments in $argv[3].
define('WP_INSTALLING', true);
[$script, $folder, $text, $comments] = $argv;
$_SERVER['HTTP_HOST'] = 'almanac.example.org';
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
require "$folder/wp-load.php";
require_once ABSPATH . 'wp-admin/includes/upgrade.php';

wp_install('Kettles', 'admin', 'admin@example.org', true, '', 'almanac');
switch_theme('twentytwentyone');
update_option('page_comments', '1');
update_option('comments_per_page', '50');
// What readers write waits for a moderator, and nobody gets a mail.
update_option('comment_moderation', '1');
update_option('comments_notify', '0');
update_option('moderation_notify', '0');

$lines = file($text, FILE_IGNORE_NEW_LINES | FILE_SKIP_EMPTY_LINES);
$post = wp_insert_post([
    'post_title' => array_shift($lines),
    'post_content' => '<p>' . implode("</p>\n<p>", array_map('esc_html', $lines)) . '</p>',
    'post_status' => 'publish',
    'post_author' => 1,
]);
for ($number = 1; $number <= $comments; $number++) {
    wp_insert_comment([
        'comment_post_ID' => $post,
        'comment_author' => "Reader $number",
        'comment_author_email' => "reader$number@example.org",
        'comment_content' => "Comment $number: it sings, and it has done so since the spring.",
        'comment_approved' => 1,
    ]);
}
echo $post;
