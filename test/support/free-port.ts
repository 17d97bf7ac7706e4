export { freePort } from '../../launch/free-port';
