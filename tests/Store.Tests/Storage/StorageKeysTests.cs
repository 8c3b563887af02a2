using BlueEdge.Clustering.Storage;
using BlueEdge.Store.Redis.Scheduling;
using CsCheck;
using StackExchange.Redis;

namespace BlueEdge.Store.Tests.Storage;

public sealed class StorageKeysTests
{
    private static readonly Gen<string> Word = Some(
        "a", "b", "/", "a/b", "a/b/1/c", "%2F", "a%2Fb", "session", "sessions", "pending/a", "1/a", "..", "ä", "\U0001F600", "", " ");

    private static readonly Gen<string> Tenant = Some("a", "sessions", "tenants", "running", "x-1_2");

    private static readonly Gen<string> Service = Word.Where(word => word.Length > 0);

    /// <summary>Only these are ids of sessions: none has a slash.</summary>
    private static readonly Gen<string> Session = Some(new string('0', 32), new string('f', 32));

    /// <summary>What a key is for, told so that nothing can be told in two ways, and the key.</summary>
    private static readonly Gen<(string Use, RedisKey Key)> Keys = Gen.Select(Service, Session, Gen.Int[1, 11], Word, Word, Gen.Select(Word, Tenant), Gen.Int[0, 20]).Select(
        (service, session, epoch, one, two, last, family) =>
        {
            var (three, tenant) = last;
            var keys = new StorageKeys(service);
            var scheduler = new SchedulerKeys(keys, one);
            return family switch
            {
                0 => Named(keys.Expiring),
                1 => Named(keys.Layout),
                2 => Named(keys.LayoutLock),
                3 => Named(keys.Mark),
                4 => Named(keys.Written),
                5 => Named(keys.Session(session), session),
                6 => Named(keys.Events(session), session),
                7 => Named(keys.DeadLetters(session), session),
                8 => Named(keys.Results(session, epoch, one), session, epoch, one),
                9 => Named(keys.ResultSequences(session, epoch, one), session, epoch, one),
                10 => Named(keys.SessionList(null, "Running", null)),
                11 => Named(keys.SessionList(null, "Running", one), one),
                12 => Named(keys.MailboxLeases(one), one),
                13 => Named(keys.GrainState(one, GrainId.Create($"t{two}", $"k{three}")), one, two, three),
                14 => Named(scheduler.Pending(two), one, two),
                15 => Named(keys.Tenants),
                16 => Named(keys.SessionList(tenant, "Running", null), tenant),
                17 => Named(keys.SessionList(tenant, "Running", one), tenant, one),
                18 => Named(keys.Input(session, one), session, one),
                19 => Named(keys.InputItems(session, one), session, one),
                _ => Named(scheduler.Attempts, one),
            };

            (string, RedisKey) Named(RedisKey key, params object[] parts) => (string.Join('\n', [family, service, .. parts]), key);
        });

    [Fact]
    public void Nothing_has_the_key_of_anything_else() =>
        Gen.Select(Keys, Keys).Sample((one, other) => (one.Use == other.Use) == (one.Key == other.Key), iter: 200_000);

    [Fact]
    public void No_service_has_a_key_that_begins_like_anothers() => Gen.Select(Service, Service, Keys).Sample(
        (one, other, _) => one == other || !$"{new StorageKeys(other).Mark}".StartsWith($"{new StorageKeys(one).Mark}"[..^"mark".Length], StringComparison.Ordinal));

    private static Gen<string> Some(params string[] words) => Gen.Int[0, words.Length - 1].Select(index => words[index]);
}
