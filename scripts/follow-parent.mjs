// Loaded into every child process: should the parent be killed outright, the child does not stay behind and
// hold its port. A process that the child forks inherits this too, and is the child's to look after.
if (process.ppid === Number(process.env.FOLLOW_PARENT)) {
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
  process.channel?.unref()
}
