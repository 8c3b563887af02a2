using BlueEdge.Grains.Auditing;
using BlueEdge.Grains.Channels.Inputs;
using BlueEdge.Grains.DeadLetters;
using BlueEdge.Grains.Results;
using BlueEdge.Grains.Scheduling;
using BlueEdge.Grains.Sessions.Listing;
using BlueEdge.Grains.Sessions.Records;
using Microsoft.Extensions.Time.Testing;
using Orleans.Storage;

namespace BlueEdge.Store.Tests;

/// <summary>All stores of one form, which every fact of the suite is tried on.</summary>
internal interface IStores : IAsyncDisposable
{
    FakeTimeProvider Clock { get; }

    TimeSpan Retention { get; }

    ISessionStore Sessions { get; }

    ISessionLists Lists { get; }

    ISchedulerStores Schedulers { get; }

    IResultStore Results { get; }

    IResultNotices Notices { get; }

    IDeadLetterStore DeadLetters { get; }

    IInputLogStore Inputs { get; }

    IAuditStore Audit { get; }

    /// <summary>A storage of grains, the default one unless named, as a silo opens it.</summary>
    Task<IGrainStorage> OpenGrainStatesAsync(string? name = null);
}
