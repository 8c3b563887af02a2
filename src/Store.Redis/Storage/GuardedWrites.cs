using StackExchange.Redis;

namespace BlueEdge.Storage;

/// <summary>The one way in which several keys are written in one step.</summary>
internal static class GuardedWrites
{
    /// <summary>
    /// For each write: the number of its guard's key, the field, what is expected, how many words follow, and these. They are
    /// commands: the name, the number of the key, how many arguments, and these. Answers with 1 for each that was written, else 0.
    /// </summary>
    private const string Script =
        """
        local answers = {}
        local i = 1
        while i <= #ARGV do
          local guard = KEYS[tonumber(ARGV[i])]
          local last = i + 3 + tonumber(ARGV[i + 3])
          local found
          if ARGV[i + 1] == '' then found = redis.call('GET', guard) else found = redis.call('HGET', guard, ARGV[i + 1]) end
          if (found or '0') == ARGV[i + 2] then
            local j = i + 4
            while j <= last do
              local final = j + 2 + tonumber(ARGV[j + 2])
              redis.call(ARGV[j], KEYS[tonumber(ARGV[j + 1])], unpack(ARGV, j + 3, final))
              j = final + 1
            end
            answers[#answers + 1] = 1
          else
            answers[#answers + 1] = 0
          end
          i = last + 1
        end
        return answers
        """;

    /// <summary>Runs each write, wholly or not at all, and says of each whether it was.</summary>
    public static async Task<IReadOnlyList<bool>> RunAsync(RedisStore redis, IReadOnlyList<GuardedWrite> writes)
    {
        var script = new ScriptWords();
        foreach (var write in writes)
        {
            script.Add(script.Number(write.Guard), write.Field, write.Expected, 0);
            var begin = script.Count;
            foreach (var command in write.Commands)
            {
                script.AddCommand(command.Name, command.Key, command.Arguments);
            }

            script[begin - 1] = script.Count - begin;
        }

        var answers = (RedisResult[])(await redis.AskAsync(database => database.ScriptEvaluateAsync(Script, script.Keys, script.Words)))!; // A table.
        return Array.ConvertAll(answers, answer => (int)answer == 1);
    }
}
