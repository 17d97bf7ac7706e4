process.env['TEST_QUEUE'] = 'postgres';
