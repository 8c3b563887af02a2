namespace BlueEdge.Calls;

/// <summary>
/// Waits for something by calls that each wait for a while, as no call of a grain may wait for long. One that comes back early with
/// nothing was ended by a silo that stops: what it asked lives elsewhere in a moment.
/// </summary>
/// <param name="pause">How long that moment is.</param>
/// <param name="clock">The time.</param>
public sealed class LongPoll(TimeSpan pause, TimeProvider clock)
{
    /// <summary>How long one call waits at most.</summary>
    public static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(20);

    /// <summary>How long a call waits that is to wait so long.</summary>
    public static TimeSpan Turn(TimeSpan atMost) => atMost < TimeSpan.Zero ? TimeSpan.Zero : atMost < LongestTurn ? atMost : LongestTurn;

    /// <summary>Asks until there is an answer or the time is over, and then gives what was answered last.</summary>
    /// <param name="ask">Asks, and waits at most so long.</param>
    /// <param name="isAnswer">Whether that is what is waited for; else it is asked again.</param>
    /// <param name="atMost">How long to wait in all; zero or less asks once, without waiting.</param>
    /// <param name="isPassing">Whether to ask again after a failure, while there is time; the last one is the caller's.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<T> AskAsync<T>(
        Func<TimeSpan, Task<T>> ask, Func<T, bool> isAnswer, TimeSpan atMost, Func<Exception, bool> isPassing, CancellationToken cancellationToken)
    {
        for (var began = clock.GetTimestamp(); ;)
        {
            var left = atMost - clock.GetElapsedTime(began);
            var turn = left <= TimeSpan.Zero ? TimeSpan.Zero : left < LongestTurn ? left : LongestTurn;
            var asked = clock.GetTimestamp();
            try
            {
                var answer = await ask(turn);
                if (isAnswer(answer) || !HasTime())
                {
                    return answer;
                }
            }
            catch (Exception error) when (isPassing(error) && HasTime())
            {
                // It is asked again.
            }

            if (clock.GetElapsedTime(asked) < turn)
            {
                await Task.Delay(pause, clock, cancellationToken);
            }

            // What is left after a pause may still bring something.
            bool HasTime() => clock.GetElapsedTime(began) + pause < atMost;
        }
    }
}
