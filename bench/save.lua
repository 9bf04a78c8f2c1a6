-- SPDX-License-Identifier: Apache-2.0
-- What wrk sends to save: each request a new system, by `wrk -s bench/save.lua URL -- FILE`.
-- bench/load saves versions of one system, which wants the version of the last answer; wrk keeps no such thing.
local text, n = "", 0

function init(arguments)
  local file = assert(io.open(arguments[1], "r"))
  text = file:read("*a")
  file:close()
  math.randomseed(os.time())
  n = math.random(1000000) * 1000000 -- another run, other systems
  wrk.headers["Content-Type"] = "application/yaml"
end

function request()
  n = n + 1
  return wrk.format("POST", string.format("/api/v1/systems?slug=wrk-%d", n), nil, text .. "\n# " .. n .. "\n")
end
