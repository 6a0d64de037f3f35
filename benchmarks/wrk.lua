-- Run by wrk: says what happened as JSON; with FORMS, sends each line of that file (address, tab, body) as a form.
local forms = os.getenv("FORMS")

if forms then
    local lines, position = {}, 0
    for line in io.lines(forms) do
        table.insert(lines, line)
    end

    function request()
        position = position % #lines + 1
        local address, body = lines[position]:match("^(.-)\t(.*)$")
        return wrk.format("POST", address, nil, body)
    end
end

function done(summary, latency)
    local errors = summary.errors
    local failed = errors.status + errors.connect + errors.read + errors.write + errors.timeout
    io.write(string.format('\n{"requests": %d, "seconds": %f, "median": %f, "p99": %f, "failed": %d}\n',
        summary.requests, summary.duration / 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000, failed))
end
