// Loaded into every child process: should the parent be killed outright, the child does not stay behind and
// hold its port.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()
