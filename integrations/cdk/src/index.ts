export { FailOn, KeylessPlugin, KeylessPluginProps } from './plugin';
