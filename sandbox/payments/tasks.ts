import { newId } from '../ids'
import type { Task } from '../state/records'
import type { World } from '../world'

/** Plans work for a moment of the sandbox's clock. */
export function addTask(world: World, task: Omit<Task, 'id'>): void {
  world.store.put('task', { id: newId('task_'), ...task })
}

/** Forgets planned work, for instance the expiry of a session that was completed. */
export function dropTasks(world: World, type: Task['type'], subject: string): void {
  for (const task of world.store.list('task')) {
    if (task.type === type && task.subject === subject) world.store.remove('task', task.id)
  }
}
