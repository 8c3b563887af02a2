using StackExchange.Redis;

namespace BlueEdge.Store.Redis.Storage;

/// <summary>The one way in which several keys are written in one step: the one script that runs in Redis.</summary>
internal static class GuardedWrites
{
    /// <summary>
    /// For each write: its shape, which is the name and the number of arguments of each of its commands, with a question mark behind
    /// guards; then the arguments of each, and behind a guard's what it has to answer. Keys come in the order of the commands. Answers
    /// for each write with 0 where it was done, else with the number of the guard that was against it and what that found.
    /// </summary>
    private const string Script =
        """
        local shapes = {}
        local function parse(text)
          local shape = {}
          for name, count, guard in string.gmatch(text, '(%u+)(%d+)(%??)') do
            local length = #shape
            shape[length + 1], shape[length + 2], shape[length + 3] = name, tonumber(count), guard == '?'
          end
          shapes[text] = shape
          return shape
        end
        local answers, key, word, words = {}, 0, 1, #ARGV
        while word <= words do
          local shape, keys, answer = shapes[ARGV[word]] or parse(ARGV[word]), key, 0
          word = word + 1
          for i = 1, #shape, 3 do
            local after, isGuard = word + shape[i + 1], shape[i + 2]
            key = key + 1
            if answer == 0 then
              local found = redis.call(shape[i], KEYS[key], unpack(ARGV, word, after - 1))
              if isGuard and tostring(found or '') ~= ARGV[after] then answer = {key - keys, tostring(found or '')} end
            end
            word = isGuard and after + 1 or after
          end
          answers[#answers + 1] = answer
        end
        return answers
        """;

    /// <summary>Runs each write, wholly or not at all, and says of each what was against it, if anything was.</summary>
    public static async Task<IReadOnlyList<Refusal?>> RunAsync(RedisStore redis, IReadOnlyList<GuardedWrite> writes)
    {
        var script = new ScriptWords();
        foreach (var write in writes)
        {
            script.Add(write);
        }

        var answers = (RedisResult[])(await redis.AskAsync(database => database.ScriptEvaluateAsync(Script, script.Keys, script.Words)))!; // A table.
        return Array.ConvertAll(answers, RefusalOf);
    }

    private static Refusal? RefusalOf(RedisResult answer) => answer.Length < 0 ? null : new((int)answer[0] - 1, (RedisValue)answer[1]);
}
