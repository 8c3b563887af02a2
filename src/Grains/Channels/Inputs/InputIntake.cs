using BlueEdge.Channels.Inputs;

namespace BlueEdge.Grains.Channels.Inputs;

/// <summary>Stores what clients write to a channel, each writer's items once and in order, where there is room for them.</summary>
/// <param name="key">The channel.</param>
/// <param name="window">What there is room for.</param>
/// <param name="logs">Where the items go.</param>
/// <param name="sent">Has large ones lie in the blob store.</param>
/// <param name="appended">Hears of each run that may be in the log: what is known of where it is, with its items.</param>
internal sealed class InputIntake(ChannelKey key, InputWindow window, IInputLogStore logs, SentPayloads sent, Action<InputAppend?, InputRun> appended)
{
    /// <summary>Stores what the log does not have; durable when it returns.</summary>
    /// <param name="write">What was written.</param>
    /// <param name="writer">Who wrote it, whose turn it is; <see langword="null"/> for one without a name.</param>
    /// <param name="definition">The channel, in the session's attempt.</param>
    /// <param name="cancellationToken">Stops the look-up of uploads.</param>
    public async Task<InputReply> TakeAsync(InputWrite write, InputWriter? writer, InputDefinition definition, CancellationToken cancellationToken)
    {
        var epoch = definition.Epoch;
        var run = new InputRun { Writer = write.Writer, FirstSequence = write.FirstSequence, Items = write.Items, Ends = write.Ends };
        if (writer is not null && !run.Items.IsEmpty && !window.HasRoom)
        {
            // Only what is new needs room.
            writer.Next ??= (await logs.AppendAsync(key.SessionId, epoch, key.Channel, new() { Writer = write.Writer })).NextSequence;
        }

        if (writer is { Next: { } next })
        {
            if (next < run.FirstSequence && !run.Items.IsEmpty)
            {
                return Reply(InputOutcome.Gap, next);
            }

            run = run.From(next);
            if (run.Items.IsEmpty && !run.Ends && !write.Items.IsEmpty)
            {
                return Reply(InputOutcome.Taken, next);
            }
        }

        return run.Items.IsEmpty || window.HasRoom
            ? await AppendAsync(run, writer, definition, cancellationToken)
            : Reply(InputOutcome.NoRoom, writer?.Next ?? 0);
    }

    /// <summary>
    /// What a session that is over, or is being stopped, says of a write: what the log has is acknowledged again, for the answer that
    /// said so may have been lost, and its writer must not take for lost what the engines had.
    /// </summary>
    public async Task<InputReply> RecallAsync(InputWrite write, int epoch)
    {
        var next = write.Writer is null ? 0 : (await logs.AppendAsync(key.SessionId, epoch, key.Channel, new() { Writer = write.Writer })).NextSequence;
        var hasItems = write.Items.IsEmpty ? write.Ends : next >= write.FirstSequence + write.Items.Length;
        var hasAll = hasItems && (!write.Ends || (await logs.ReadAsync(key.SessionId, key.Channel, 0, items: 0, bytes: 0)).HasEnded);
        return Reply(hasAll ? InputOutcome.Taken : InputOutcome.SessionOver, next);
    }

    private async Task<InputReply> AppendAsync(InputRun run, InputWriter? writer, InputDefinition definition, CancellationToken cancellationToken)
    {
        // Held before anything is awaited: others come meanwhile.
        var (items, bytes, added) = (run.Items.Length, run.Items.Sum(item => (long)item.Weight), 0);
        window.Hold(items, bytes);
        try
        {
            if (await sent.FindFaultsAsync(run.Items, definition.Tenant, place => $"/{place}", cancellationToken) is { Listed: [var first, ..] })
            {
                return new() { Outcome = InputOutcome.Refused, Reason = first.Message };
            }

            var stored = await sent.StoreAsync(key.SessionId, definition.Tenant, run.Items, cancellationToken);
            run = run with { Items = stored };
            var append = await logs.AppendAsync(key.SessionId, definition.Epoch, key.Channel, run);
            added = append.Appended;
            appended(append, run);
            return Note(append, writer);
        }
        catch
        {
            // It may have been appended all the same.
            Know(writer, next: null);
            appended(null, run);
            throw;
        }
        finally
        {
            window.Release(items, bytes, added);
        }
    }

    /// <summary>What the log made of a run, for the writer and for what is known of it.</summary>
    private InputReply Note(InputAppend append, InputWriter? writer)
    {
        if (append.Outcome is InputAppendOutcome.Over)
        {
            return Reply(InputOutcome.SessionOver, append.NextSequence);
        }

        Know(writer, append.NextSequence);
        var outcome = append.Outcome switch
        {
            InputAppendOutcome.Taken => InputOutcome.Taken,
            InputAppendOutcome.Gap => InputOutcome.Gap,
            _ => InputOutcome.Ended,
        };
        return Reply(outcome, append.NextSequence);
    }

    private static void Know(InputWriter? writer, long? next)
    {
        if (writer is not null)
        {
            writer.Next = next;
        }
    }

    private InputReply Reply(InputOutcome outcome, long next) =>
        new() { Outcome = outcome, NextSequence = next, CreditItems = window.CreditItems, CreditBytes = window.CreditBytes };
}
