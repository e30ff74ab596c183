import { buildApplication } from './build-application'
import { describeFirstLoad } from './first-load'

buildApplication()
console.log(describeFirstLoad())
