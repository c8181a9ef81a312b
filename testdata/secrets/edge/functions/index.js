exports.handler = async () => process.env.UPSTREAM_TOKEN;
