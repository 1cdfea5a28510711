// Offers what contract_c.c does, and test.evolving/1, in C++: through the generated header alone, and without a function for the boundary.
#include "archive.hpp"
#include "callbacks.hpp"
#include "data.hpp"
#include "pipes.hpp"
#include "types.hpp"
#include "work.hpp"

// A class may implement several contracts; those of one member's name are members of it.
struct ContractCpp {
    OwnTypes types;
    OwnSettings settings;
    OwnShape shape;
    OwnValues values;
    OwnRecords records;
    OwnFigures figures;
    OwnExchange exchange;
    OwnWork work;
    OwnSerial serial;
    OwnStoreUser store_user;
    OwnEvolving evolving;
    OwnArchive archive;
    OwnCallbacks callbacks;
    OwnSignals signals;
    OwnStreams streams;
    OwnPipes pipes;

    explicit ContractCpp(const np_host *host) : store_user{np::host(host)} {}
};

#define PART(id, contract, member) NP_SERVICE(id, (np::table<contract, np::part<&ContractCpp::member>>))

NP_CPP_PLUGIN(ContractCpp, "contract_cpp", "Contracts in C++", "1.0.0", 0, PART(TEST_TYPES_1_ID, Types, types),
              PART(TEST_SETTINGS_1_ID, Settings, settings), PART(TEST_SHAPE_1_ID, Shape, shape),
              PART(TEST_RESIZABLE_1_ID, Resizable, shape), PART(TEST_VALUES_1_ID, Values, values),
              PART(TEST_RECORDS_1_ID, Records, records), PART(TEST_FIGURES_1_ID, Figures, figures),
              PART(TEST_EXCHANGE_1_ID, Exchange, exchange), PART(TEST_WORK_2_ID, Work, work), PART(TEST_TASKS_1_ID, Tasks, work),
              PART(TEST_SERIAL_1_ID, Serial, serial), PART(TEST_STORE_USER_1_ID, StoreUser, store_user),
              PART(TEST_EVOLVING_1_ID, Evolving, evolving), PART(TEST_ARCHIVE_1_ID, Archive, archive),
              PART(TEST_CALLBACKS_1_ID, Callbacks, callbacks), PART(TEST_SIGNALS_1_ID, Signals, signals),
              PART(TEST_STREAMS_1_ID, Streams, streams), PART(TEST_PIPES_1_ID, Pipes, pipes));
