process.env['TEST_QUEUE'] = 'redis';
