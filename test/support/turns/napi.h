// In place of node-addon-api's header: declarations that the sources name, and nothing of Node.js.
#pragma once

namespace Napi {

class Env;
class Object;

}  // namespace Napi
